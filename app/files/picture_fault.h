#pragma once

#include <exception>

#include "app/files/names.h"

namespace convscope::files {

// The kinds of errors in the data after a picture's header.
enum class PictureFault {
  kCut,          // the file ends before all the data
  kDamaged,      // the data is not allowed by the format
  kAboveMaxval,  // a sample of a PNM exceeds the maxval of its header
};

// Thrown by the readers of the formats, which don't know the file's name and so can't build a
// message.
class PictureDataError : public std::exception {
 public:
  explicit PictureDataError(PictureFault fault) : fault_(fault) {}
  PictureFault fault() const { return fault_; }
  const char* what() const noexcept override { return "the picture's data is not as it should be"; }

 private:
  PictureFault fault_;
};

}  // namespace convscope::files
