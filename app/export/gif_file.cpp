#include "app/export/gif_file.h"

#include <cgif.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <span>
#include <utility>

#include "app/export/figure_file.h"
#include "app/export/gif_palette.h"
#include "engine/core/error.h"

namespace convscope::exports {
namespace {

constexpr Index kHundredths = 100;
constexpr Index kLastFrame = 100;  // hundredths of a second

// Where cgif writes to. It is C, so what is thrown waits until it has returned.
struct Sink {
  PendingFile& file;
  std::exception_ptr failure;

  static int write(void* context, const std::uint8_t* data, const std::size_t size) {
    auto& sink = *static_cast<Sink*>(context);
    try {
      sink.file.write(std::as_bytes(std::span(data, size)));
      return 0;
    } catch (...) {
      sink.failure = std::current_exception();
      return -1;
    }
  }
};

// Returns how long a frame stays, so that the frames up to it end where they should.
std::uint16_t delay_of(Index frame, Index frames, int rate) {
  if (frame + 1 == frames) return kLastFrame;
  const auto end = [&](Index n) { return (n * kHundredths + rate / 2) / rate; };
  return static_cast<std::uint16_t>(end(frame + 1) - end(frame));
}

void require(int result, const Sink& sink) {
  if (sink.failure) std::rethrow_exception(sink.failure);
  if (result == CGIF_EALLOC) throw std::bad_alloc();
  if (result != CGIF_OK)
    throw Error("the animation can't be encoded: cgif gives error " + std::to_string(result));
}

// An encoder, which is closed at last.
class Encoder {
 public:
  Encoder(Sink& sink, const Raster& size, std::span<std::uint8_t> palette) : sink_(sink) {
    CGIF_Config config{};
    config.pGlobalPalette = palette.data();
    config.attrFlags = CGIF_ATTR_IS_ANIMATED;
    config.width = static_cast<std::uint16_t>(size.width);
    config.height = static_cast<std::uint16_t>(size.height);
    config.numGlobalPaletteEntries = static_cast<std::uint16_t>(palette.size() / 3);
    config.numLoops = CGIF_INFINITE_LOOP;
    config.pWriteFn = Sink::write;
    config.pContext = &sink;
    gif_ = cgif_newgif(&config);
    if (gif_ == nullptr) require(CGIF_EALLOC, sink);
  }
  ~Encoder() {
    if (gif_ != nullptr) cgif_close(gif_);
  }
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  void add(std::vector<std::uint8_t> indices, std::uint16_t delay) {
    CGIF_FrameConfig frame{};
    frame.pImageData = indices.data();
    frame.genFlags = CGIF_FRAME_GEN_USE_DIFF_WINDOW;
    frame.delay = delay;
    require(cgif_addframe(gif_, &frame), sink_);
  }
  void close() {
    CGIF* gif = std::exchange(gif_, nullptr);
    require(cgif_close(gif), sink_);
  }

 private:
  Sink& sink_;
  CGIF* gif_ = nullptr;
};

std::vector<std::uint8_t> bytes_of(const std::vector<Rgb>& colors) {
  std::vector<std::uint8_t> bytes;
  for (const Rgb& color : colors)
    bytes.insert(bytes.end(), {color.r, color.g, color.b});
  return bytes;
}

// Returns what of so many frames of this size would be accepted: fewer of them, or smaller ones.
std::string accepted(Index frames, Index width, Index height) {
  std::string text;
  const Index most = std::min(kMaxFrames, kMaxAnimatedPixels / (width * height));
  if (width <= kMaxFrameSide && height <= kMaxFrameSide && most > 0)
    text = "at most " + std::to_string(most) + " frames of this size, or ";
  const Index kept = std::min(frames, kMaxFrames);
  const auto side = static_cast<double>(std::max(width, height));
  const auto pixels = static_cast<double>(kept * width * height);
  const double smaller = std::min({1.0, static_cast<double>(kMaxFrameSide) / side,
                                   std::sqrt(static_cast<double>(kMaxAnimatedPixels) / pixels)});
  const auto shrunk = [&](Index length) {
    return std::to_string(static_cast<Index>(static_cast<double>(length) * smaller));
  };
  return text + std::to_string(kept) + " frames of at most " + shrunk(width) + "x" +
         shrunk(height) + " pixels";
}

}  // namespace

void require_animation(const Animation& animation, int width, int height) {
  const Index pixels = animation.frames * width * height;
  if (animation.frames <= kMaxFrames && width <= kMaxFrameSide && height <= kMaxFrameSide &&
      pixels <= kMaxAnimatedPixels)
    return;
  throw Error("the animation would have " + std::to_string(animation.frames) + " frames of " +
              std::to_string(width) + "x" + std::to_string(height) + " pixels; accepted are " +
              accepted(animation.frames, width, height));
}

AnimationFacts write_gif(PendingFile& file, const Animation& animation, const FigureLook& wanted,
                         int rate, const Progress& progress) {
  const FigureLook look = steady_look(animation, wanted);
  const Raster first = raster(animation.frame(0), look);
  require_animation(animation, first.width, first.height);
  const auto told = [&](Index done) {
    if (progress)
      progress("drawing", static_cast<double>(done) / static_cast<double>(2 * animation.frames));
  };
  GifPalette palette;
  for (Index i = 0; i < animation.frames; ++i) {
    palette.count(raster(animation.frame(i), look, Yx{first.height, first.width}).rgba);
    told(i + 1);
  }
  palette.choose();
  std::vector<std::uint8_t> colors = bytes_of(palette.colors());
  Sink sink{file, nullptr};
  Encoder encoder(sink, first, colors);
  for (Index i = 0; i < animation.frames; ++i) {
    const Raster drawn = raster(animation.frame(i), look, Yx{first.height, first.width});
    encoder.add(palette.indices(drawn.rgba), delay_of(i, animation.frames, rate));
    told(animation.frames + i + 1);
  }
  encoder.close();
  return {animation.frames, first.width, first.height, palette.exact()};
}

}  // namespace convscope::exports
