#include "app/files/jpeg.h"

#include <cstdio>  // jpeglib.h needs it

#include <jerror.h>
#include <jpeglib.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <new>
#include <optional>

#include "app/files/picture_fault.h"

namespace convscope::files {
namespace {

constexpr std::size_t kChunk = std::size_t{16} << 10;

// The error state that libjpeg keeps for its caller. No exception may pass through its C code, so
// an error is stored here and left by a longjmp over frames without destructors.
struct Errors : jpeg_error_mgr {
  std::jmp_buf jump;
  std::optional<PictureFault> fault;  // nullopt: out of memory
};

[[noreturn]] void leave(j_common_ptr jpeg, std::optional<PictureFault> fault) {
  auto& errors = *static_cast<Errors*>(jpeg->err);
  errors.fault = fault;
  std::longjmp(errors.jump, 1);
}

void fail(j_common_ptr jpeg) {
  const bool memory = jpeg->err->msg_code == JERR_OUT_OF_MEMORY;
  leave(jpeg, memory ? std::nullopt : std::optional(PictureFault::kDamaged));
}

// libjpeg replaces missing or wrong data and only warns, so these warnings are errors here. Other
// warnings, such as bytes between two segments, don't affect any pixel.
void warn(j_common_ptr jpeg, int level) {
  if (level >= 0) return;
  switch (jpeg->err->msg_code) {
    case JWRN_HIT_MARKER:
      leave(jpeg, PictureFault::kCut);
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_NOT_SEQUENTIAL:
      leave(jpeg, PictureFault::kDamaged);
    default:
      break;
  }
}

void ignore_message(j_common_ptr /*jpeg*/) {}

struct Source : jpeg_source_mgr {
  ByteReader* file = nullptr;
  bool may_end = false;
  std::array<JOCTET, kChunk> bytes{};
};

// Some files lack the end marker. If there is only one scan the marker is made up, since the scan's
// decoder warns if it still needs data. Between several scans nothing would report missing data.
boolean fill(j_decompress_ptr jpeg) {
  auto& source = *static_cast<Source*>(jpeg->src);
  std::size_t count = source.file->read_some(source.bytes);
  if (count == 0) {
    if (!source.may_end) leave(reinterpret_cast<j_common_ptr>(jpeg), PictureFault::kCut);
    source.bytes[0] = 0xFF;
    source.bytes[1] = JPEG_EOI;
    count = 2;
  }
  source.next_input_byte = source.bytes.data();
  source.bytes_in_buffer = count;
  return TRUE;
}

void skip(j_decompress_ptr jpeg, long count) {
  auto& source = *static_cast<Source*>(jpeg->src);
  auto wanted = static_cast<std::size_t>(std::max(count, 0l));
  if (wanted > source.bytes_in_buffer) {
    wanted -= source.bytes_in_buffer;
    source.bytes_in_buffer = 0;
    if (wanted > source.file->left())
      leave(reinterpret_cast<j_common_ptr>(jpeg), PictureFault::kCut);
    source.file->skip(wanted);
    return;
  }
  source.next_input_byte += wanted;
  source.bytes_in_buffer -= wanted;
}

void nothing(j_decompress_ptr /*jpeg*/) {}

class Decompress {
 public:
  explicit Decompress(ByteReader& file) {
    jpeg_.err = jpeg_std_error(&errors_);
    errors_.error_exit = fail;
    errors_.emit_message = warn;
    errors_.output_message = ignore_message;
    jpeg_create_decompress(&jpeg_);
    source_.file = &file;
    source_.init_source = nothing;
    source_.fill_input_buffer = fill;
    source_.skip_input_data = skip;
    source_.resync_to_restart = jpeg_resync_to_restart;
    source_.term_source = nothing;
    source_.bytes_in_buffer = 0;
    jpeg_.src = &source_;
  }
  ~Decompress() { jpeg_destroy_decompress(&jpeg_); }
  Decompress(const Decompress&) = delete;
  Decompress& operator=(const Decompress&) = delete;

  Raster read() {
    if (setjmp(errors_.jump) != 0) {
      if (!errors_.fault) throw std::bad_alloc();
      throw PictureDataError(*errors_.fault);
    }
    decode();
    return {.size = {jpeg_.output_height, jpeg_.output_width},
            .channels = jpeg_.output_components,
            .samples = std::move(samples_)};
  }

 private:
  // Everything that a longjmp may leave; no variable here needs a destructor.
  void decode() {
    jpeg_read_header(&jpeg_, TRUE);
    const bool grey = jpeg_.num_components == 1;
    jpeg_.out_color_space = grey ? JCS_GRAYSCALE : JCS_RGB;
    source_.may_end = jpeg_has_multiple_scans(&jpeg_) == FALSE;
    jpeg_start_decompress(&jpeg_);
    const std::size_t row = static_cast<std::size_t>(jpeg_.output_width) *
                            static_cast<std::size_t>(jpeg_.output_components);
    samples_.resize(row * jpeg_.output_height);
    while (jpeg_.output_scanline < jpeg_.output_height) {
      JSAMPROW out = samples_.data() + row * jpeg_.output_scanline;
      jpeg_read_scanlines(&jpeg_, &out, 1);
    }
    for (int i = 0; i < jpeg_.num_components; ++i) {
      // The first scan of a channel sets its table, so a channel without one has no scan.
      if (jpeg_.comp_info[i].quant_table == nullptr)
        leave(reinterpret_cast<j_common_ptr>(&jpeg_), PictureFault::kCut);
    }
    jpeg_finish_decompress(&jpeg_);
  }

  jpeg_decompress_struct jpeg_{};
  Errors errors_{};
  Source source_;
  std::vector<std::uint8_t> samples_;
};

}  // namespace

Raster read_jpeg(ByteReader& file) {
  file.seek(0);
  return Decompress(file).read();
}

}  // namespace convscope::files
