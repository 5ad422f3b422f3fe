#include "app/files/on_white.h"

namespace convscope::files {

bool has_transparent_parts(const Raster& raster) {
  if (raster.channels == 1 || raster.channels == 3) return false;
  const auto channels = static_cast<std::size_t>(raster.channels);
  return std::visit(
      [&]<typename T>(const std::vector<T>& samples) {
        for (std::size_t i = channels - 1; i < samples.size(); i += channels) {
          if (static_cast<float>(samples[i]) < detail::full_sample<T>()) return true;
        }
        return false;
      },
      raster.samples);
}

}  // namespace convscope::files
