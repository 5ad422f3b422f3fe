#include "app/program/view/clipboard.h"

#include "app/files/arrays/number_word.h"

namespace convscope::program {

std::string rows_text(const Tensor& tensor, Index n, Index channel) {
  const Shape& s = tensor.shape();
  std::string text;
  for (Index y = 0; y < s.h; ++y) {
    for (Index x = 0; x < s.w; ++x) {
      if (x > 0) text += '\t';
      text += plain_number(tensor.at(n, channel, y, x));
    }
    text += '\n';
  }
  return text;
}

}  // namespace convscope::program
