#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "app/export/names.h"
#include "engine/color/colormap.h"

namespace convscope::exports {

// The colours of an animation, at most 256. All are exact where the frames have no more; else the
// most frequent are, and each other pixel gets the nearest of them.
class GifPalette {
 public:
  // Counts the colours of a frame.
  void count(std::span<const std::uint8_t> rgba);
  // Chooses the colours. To be called once, after all frames were counted.
  void choose();
  // Returns whether all pixels keep their colours.
  bool exact() const { return exact_; }
  const std::vector<Rgb>& colors() const { return colors_; }
  // Returns the indices of a frame's pixels.
  std::vector<std::uint8_t> indices(std::span<const std::uint8_t> rgba);

 private:
  std::uint8_t nearest(std::uint32_t color) const;

  std::unordered_map<std::uint32_t, std::uint64_t> counts_;
  std::unordered_map<std::uint32_t, std::uint8_t> index_;
  std::vector<Rgb> colors_;
  bool exact_ = true;
};

}  // namespace convscope::exports
