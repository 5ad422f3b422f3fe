#include "app/files/picture_formats.h"

#include "app/files/bmp.h"
#include "app/files/gif.h"
#include "app/files/hdr.h"
#include "app/files/jpeg.h"
#include "app/files/png.h"
#include "app/files/pnm.h"
#include "app/files/psd.h"
#include "app/files/tga.h"

namespace convscope::files {

Raster read_raster(ByteReader& file, PictureFormat format) {
  file.seek(0);
  switch (format) {
    case PictureFormat::kPng:
      return read_png(file);
    case PictureFormat::kJpeg:
      return read_jpeg(file);
    case PictureFormat::kBmp:
      return read_bmp(file);
    case PictureFormat::kGif:
      return read_gif(file);
    case PictureFormat::kTga:
      return read_tga(file);
    case PictureFormat::kPsd:
      return read_psd(file);
    case PictureFormat::kHdr:
      return read_hdr(file);
    case PictureFormat::kPnm:
      break;
  }
  return read_pnm(file);
}

}  // namespace convscope::files
