#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "app/link/message.h"
#include "app/link/names.h"
#include "app/scene/input_meaning.h"

// What clients ask for. README.md of this room has the fields.
namespace convscope::link {

// Changes what the message gives, as one step of undo. An array that is not given is null.
struct Show {
  std::size_t layer = 0;  // that of the weight, bias, options and pooling
  TensorPtr input;        // of the scene, [N, C, H, W]
  InputMeaning meaning = InputMeaning::kAmounts;
  TensorPtr weight;         // as conv2d takes it
  bool one_kernel = false;  // whether the weight is one kernel [kh, kw] for every channel
  TensorPtr bias;           // [1, 1, 1, C_out]
  TensorPtr target;  // [N, C_out, H', W']: what the learning, of the first layer, is to reach
  Json options;      // of the convolution, in PyTorch's names; null for none
  Json pooling;      // its options; null for none
  std::string client = "a client";  // who asks, for the window's sentence
};
// Asks for the values of these names, of the layer with this index from 0.
struct Get {
  std::vector<std::string> names;
  std::size_t layer = 0;
};
// Waits until the state has another number.
struct Wait {
  std::uint64_t state = 0;
};
// Ends the connection.
struct Bye {};
using Request = std::variant<Show, Get, Wait, Bye>;

// Returns the request that a message holds. Throws Error, with one sentence, where it holds none.
Request request_of(Message message);

}  // namespace convscope::link
