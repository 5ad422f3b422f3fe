#pragma once

#include <exception>

namespace convscope {

// What is wrong with the data behind a picture's header.
enum class PictureFault {
  kCut,          // the file ends before what the header promises
  kDamaged,      // it holds what the format does not allow
  kAboveMaxval,  // a sample of a PNM is larger than its header says
};

// Thrown by the readers of the formats, which know neither the file's name nor whom to tell.
class PictureDataError : public std::exception {
 public:
  explicit PictureDataError(PictureFault fault) : fault_(fault) {}
  PictureFault fault() const { return fault_; }
  const char* what() const noexcept override { return "the picture's data is not as it should be"; }

 private:
  PictureFault fault_;
};

}  // namespace convscope
