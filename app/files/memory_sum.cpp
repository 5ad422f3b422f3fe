#include "app/files/memory_sum.h"

namespace convscope::files {

std::string MemorySum::add(const std::string& what, Bytes bytes) {
  taken_ += bytes;
  if (taken_ <= limit_.bytes) return {};
  const std::string own = what + " and take " + bytes_text(bytes);
  if (bytes > limit_.bytes) return own + "; results " + allowed_text(limit_);
  return own + ", " + bytes_text(taken_) + " with what is there before it; results " +
         allowed_text(limit_);
}

}  // namespace convscope::files
