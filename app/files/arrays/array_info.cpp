#include "app/files/arrays/array_info.h"

#include "app/files/arrays/array_open.h"

namespace convscope::files {

ArrayInfo info_of(const ArrayHeader& header, const std::string& name) {
  return {name, header.dtype.name, header.shape, unreadable_text(header)};
}

}  // namespace convscope::files
