// oneDNN's convolution, NCHW in and out: its own layouts inside, with the reorders timed.
#include <algorithm>
#include <memory>
#include <oneapi/dnnl/dnnl.hpp>
#include <unordered_map>

#include "tests/bench/names.h"
#include "tests/bench/peers/contender.h"

namespace convscope::bench {
namespace {

using Tag = dnnl::memory::format_tag;
using Kind = dnnl::memory::data_type;

dnnl::memory::dims dims(const Shape& s) {
  return {s.n, s.c, s.h, s.w};
}

struct Convolution {
  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream{engine};
  Tensor output;
  dnnl::memory user_input, user_output, input, weight, result;
  dnnl::convolution_forward forward;

  explicit Convolution(const Problem& p)
      : output(conv2d_output_shape(p.input.shape(), p.weight.shape(), p.what.options)) {
    const auto desc = [](const Tensor& t, Tag tag) {
      return dnnl::memory::desc(dims(t.shape()), Kind::f32, tag);
    };
    const Padding& pad = p.what.options.padding;
    const dnnl::convolution_forward::desc operation(
        dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct,
        desc(p.input, Tag::any), desc(p.weight, Tag::any), desc(output, Tag::any), {1, 1},
        {pad.top, pad.left}, {pad.bottom, pad.right});
    const dnnl::convolution_forward::primitive_desc chosen(operation, engine);
    forward = dnnl::convolution_forward(chosen);
    const auto user = [&](const Tensor& t) {
      return dnnl::memory(desc(t, Tag::nchw), engine, const_cast<float*>(t.data()));
    };
    user_input = user(p.input);
    user_output = user(output);
    dnnl::memory user_weight = user(p.weight);
    input = user_input.get_desc() == chosen.src_desc() ? user_input
                                                       : dnnl::memory(chosen.src_desc(), engine);
    result = user_output.get_desc() == chosen.dst_desc() ? user_output
                                                         : dnnl::memory(chosen.dst_desc(), engine);
    weight = dnnl::memory(chosen.weights_desc(), engine);
    dnnl::reorder(user_weight, weight).execute(stream, user_weight, weight);
    stream.wait();
  }

  void run() {
    if (input != user_input) dnnl::reorder(user_input, input).execute(stream, user_input, input);
    forward.execute(stream,
                    {{DNNL_ARG_SRC, input}, {DNNL_ARG_WEIGHTS, weight}, {DNNL_ARG_DST, result}});
    if (result != user_output)
      dnnl::reorder(result, user_output).execute(stream, result, user_output);
    stream.wait();
  }
};

}  // namespace

void add_onednn(const Problem& p, std::vector<Contender>& contenders) {
  if (p.what.op != Operator::kConv) return;
  // Above 7x7 it has only its reference code for one channel, which takes seconds.
  if (p.input.shape().c == 1 && p.weight.shape().h > 7) return;
  auto state = std::make_shared<Convolution>(p);
  contenders.push_back({"oneDNN",
                        [state] { state->run(); },
                        [state] { return std::vector<Tensor>{state->output}; },
                        {}});
}

std::string onednn_version() {
  const dnnl_version_t* v = dnnl_version();
  return std::to_string(v->major) + "." + std::to_string(v->minor) + "." + std::to_string(v->patch);
}

}  // namespace convscope::bench
