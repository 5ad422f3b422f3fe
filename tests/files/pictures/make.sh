#!/usr/bin/env bash
# Makes the pictures of this folder, by other software: ImageMagick, netpbm, libjpeg's tools and Pillow
# (apt-get install imagemagick netpbm libjpeg-turbo-progs python3-pil). They all show what colours.ppm,
# greys.pgm or see_through.txt hold; that they were not made by Convscope is what makes them a test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
convert=/usr/bin/convert
python=/usr/bin/python3

cat >colours.ppm <<'END'
P3 9 4 255
255 0 0  255 0 0  255 0 0  255 0 0  0 255 0  0 0 255  255 255 255  0 0 0  255 255 255
132 66 0  0 132 66  66 0 132  255 132 0  132 132 132  132 132 132  132 132 132  132 132 132  0 0 66
66 66 66  255 255 0  255 255 0  255 255 0  0 255 255  255 0 255  0 66 132  0 66 132  66 132 0
0 0 0  0 0 0  0 0 0  0 0 0  0 0 0  0 0 0  0 0 0  132 0 0  0 132 0
END
cat >greys.pgm <<'END'
P2 9 4 255
0 0 0 0 51 102 153 204 255
255 10 20 30 40 40 40 40 50
60 70 70 70 80 90 1 2 3
255 255 255 255 255 255 255 254 0
END
# Red, green, blue and alpha of 3 x 2 pixels.
cat >see_through.txt <<'END'
0 0 0 255  0 0 0 0  255 0 0 128
10 200 30 0  255 255 255 64  0 0 255 255
END
$python - <<'END'
from PIL import Image
numbers = list(map(int, open("see_through.txt").read().split()))
Image.frombytes("RGBA", (3, 2), bytes(numbers)).save("rgba.png")
END

# PNG
$convert colours.ppm -define png:color-type=2 -define png:bit-depth=8 rgb8.png
$convert colours.ppm -define png:color-type=2 -define png:bit-depth=16 rgb16.png
$convert colours.ppm -define png:color-type=3 palette.png
$convert colours.ppm -interlace PNG -define png:color-type=2 interlaced.png
$convert greys.pgm -define png:color-type=0 -define png:bit-depth=8 grey8.png
$convert greys.pgm -define png:color-type=0 -define png:bit-depth=16 grey16.png
$python - <<'END'
from PIL import Image
picture = Image.open("rgba.png")
picture.convert("LA").save("grey_alpha.png")
ink = Image.new("P", (4, 1), 0)
ink.putpalette([0, 0, 0, 255, 0, 0])
ink.putdata([0, 1, 0, 1])
ink.save("palette_see_through.png", transparency=0)
ink.save("see_through.gif", transparency=0)
grey = Image.open("greys.pgm").convert("L")
grey.save("grey_see_through.png", transparency=255)
END

# JPEG
cjpeg -quality 100 -sample 1x1 -outfile rgb.jpg colours.ppm
cjpeg -quality 100 -sample 1x1 -progressive -outfile progressive.jpg colours.ppm
cjpeg -quality 100 -sample 1x1 -restart 1B -outfile restarts.jpg colours.ppm
cjpeg -quality 100 -sample 1x1 -arithmetic -outfile arithmetic.jpg colours.ppm
cjpeg -quality 100 -grayscale -outfile grey.jpg greys.pgm
printf '0;\n1;\n2;\n' >scans.txt
cjpeg -quality 100 -sample 1x1 -scans scans.txt -outfile three_scans.jpg colours.ppm
rm scans.txt
$convert colours.ppm -colorspace CMYK -quality 100 -sampling-factor 1x1 -strip cmyk.jpg
$python - <<'END'
from PIL import Image
# A picture that looks upright once it is turned as its EXIF says.
upright = Image.open("rgb8.png").convert("RGB")
T = Image.Transpose if hasattr(Image, "Transpose") else Image
stored = {1: None, 2: T.FLIP_LEFT_RIGHT, 3: T.ROTATE_180, 4: T.FLIP_TOP_BOTTOM, 5: T.TRANSPOSE,
          6: T.ROTATE_90, 7: T.TRANSVERSE, 8: T.ROTATE_270}
for orientation, turn in stored.items():
    picture = upright if turn is None else upright.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(f"orientation{orientation}.jpg", quality=100, subsampling=0, exif=exif.tobytes())
END

# BMP
$convert colours.ppm -type truecolor BMP3:rgb24.bmp
$convert colours.ppm -type palette -compress none BMP3:palette8.bmp
$convert greys.pgm -type palette -compress RLE BMP3:rle8.bmp
$convert greys.pgm -type palette -compress none BMP3:grey8.bmp
$convert colours.ppm -define bmp:subtype=RGB565 BMP:rgb565.bmp
$convert colours.ppm -define bmp:subtype=RGB555 BMP:rgb555.bmp
$convert rgba.png -define bmp:format=bmp4 BMP:rgba.bmp
$convert colours.ppm -monochrome BMP3:bits.bmp
$convert bits.bmp -compress none -depth 1 PBM:bits.pbm
ppmtobmp -os2 colours.ppm >os2.bmp
ppmtobmp -windows -bpp 8 colours.ppm >windows8.bmp
$convert colours.ppm +dither -colors 8 -compress none PPM:few.ppm
ppmtobmp -windows -bpp 4 few.ppm >palette4.bmp
$python - <<'END'
import struct
# Rows from the top: the height is negative, and the rows are the other way round.
bmp = bytearray(open("rgb24.bmp", "rb").read())
data, = struct.unpack_from("<I", bmp, 10)
stride = (9 * 3 + 3) // 4 * 4
rows = [bmp[data + i * stride:data + (i + 1) * stride] for i in range(4)]
struct.pack_into("<i", bmp, 22, -4)
open("top_down.bmp", "wb").write(bmp[:data] + b"".join(reversed(rows)))
END

# GIF
$convert colours.ppm rgb.gif
ppmtogif -interlace colours.ppm >interlaced.gif
$convert rgb.gif \( rgb.gif -negate \) -loop 0 animated.gif

# TGA. ImageMagick writes rows from the top, and says so only where it is told to.
$convert colours.ppm -orient TopLeft -compress none rgb24.tga
$convert colours.ppm -orient TopLeft -compress RLE rle24.tga
$convert greys.pgm -orient TopLeft -compress none grey.tga
$convert greys.pgm -orient TopLeft -compress RLE grey_rle.tga
$convert rgba.png -orient TopLeft -compress none rgba.tga
$convert colours.ppm -orient TopLeft -type palette -compress none mapped.tga
$convert colours.ppm -orient TopLeft -type palette -compress RLE mapped_rle.tga
$python - <<'END'
from PIL import Image
picture = Image.open("rgb8.png").convert("RGB")
picture.save("bottom_up.tga", orientation=-1)
picture.save("top_down.tga", orientation=1)
flipped = picture.transpose((Image.Transpose if hasattr(Image, "Transpose") else Image).FLIP_LEFT_RIGHT)
flipped.save("from_right.tga", orientation=1)
tga = bytearray(open("from_right.tga", "rb").read())
tga[17] |= 0x10
open("from_right.tga", "wb").write(tga)
END
ppmtotga -rgb -norle colours.ppm >netpbm.tga

# PSD
$convert colours.ppm -compress none -strip rgb8.psd
$convert colours.ppm -compress RLE -strip rgb8_rle.psd
$convert colours.ppm -depth 16 -compress none -strip rgb16.psd
$convert colours.ppm -depth 16 -compress RLE -strip rgb16_rle.psd
$convert greys.pgm -colorspace Gray -compress RLE -strip grey.psd
$convert colours.ppm -colorspace CMYK -compress none -strip cmyk.psd
$convert rgba.png -compress none -strip rgba.psd

# HDR, linear
$convert colours.ppm -set colorspace RGB rgb.hdr

# PNM
pamtopnm -plain bits.pbm >p1.pbm
pamtopnm bits.pbm >p4.pbm
pamtopnm greys.pgm >p5.pgm
pamtopnm colours.ppm >p6.ppm
pamdepth 65535 greys.pgm >p5_16.pgm
pamdepth 65535 colours.ppm >p6_16.ppm
pamdepth 15 greys.pgm >p5_15.pgm
pamdepth 15 greys.pgm | pamtopnm -plain >p2_15.pgm
pamdepth 1000 greys.pgm >p5_1000.pgm
rm bits.bmp bits.pbm
$convert p4.pbm BMP3:bits.bmp
$convert p4.pbm -define png:bit-depth=1 -define png:color-type=0 bits.png
