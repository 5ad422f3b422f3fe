#include "app/export/snippet/hand_learning.h"

#include <functional>
#include <utility>
#include <vector>

#include "app/export/snippet/learning_text.h"
#include "app/export/snippet/list_functions.h"
#include "app/export/snippet/numpy_functions.h"
#include "app/export/snippet/python.h"

namespace convscope::exports {
namespace {

// One variable of a formula: its name, and its letter in a function of one number.
struct Variable {
  std::string name;
  std::string letter;
};
using Formula = std::function<std::string(const std::vector<std::string>& variables)>;

// Says the same in the words of NumPy or of plain lists.
class Hand {
 public:
  Hand(Dialect dialect, const SnippetLearning& run, bool plane)
      : numpy_(dialect == Dialect::kNumpy), plane_(plane), run_(run) {}

  std::string text(const std::string& convolution) const;

 private:
  const Conv2dOptions& options() const { return run_.layer.results->options; }
  Shape weight() const { return run_.layer.results->weight.shape(); }

  // A line that gives `name` a value, for each number of nested lists where there are no arrays.
  std::string let(const std::string& name, const std::vector<Variable>& variables,
                  const Formula& formula) const;
  std::string array(const std::string& name, const std::string& list) const {
    return name + " = " + (numpy_ ? "np.array(" + list + ")" : list) + "\n";
  }
  std::string tensor(const std::string& name, const Tensor& values) const;
  std::string parameters(const std::string& name, const Parameters& values) const;
  std::string channels() const;
  std::string gradient2d() const;
  std::string weight_gradient() const;
  // Whether the gradient of a single plane is that of the whole weight.
  bool is_plain() const { return plane_ && options().padding == Padding{}; }
  std::string gradient_call() const {
    if (!is_plain()) return "weight_gradient(slope)";
    return options().transposed ? "gradient2d(slope, x)" : "gradient2d(x, slope)";
  }
  std::string all_planes(const std::string& large, const std::string& small) const;
  std::string bias_gradient() const;
  std::string target() const;
  std::string step_of(const std::string& name, const std::string& gradient,
                      const std::string& end) const;
  std::string state_of(const std::string& name, const std::string& end) const;
  std::string loop() const;
  std::string checks() const;

  bool numpy_;
  bool plane_;
  const SnippetLearning& run_;
};

std::string Hand::let(const std::string& name, const std::vector<Variable>& variables,
                      const Formula& formula) const {
  std::vector<std::string> names, letters;
  for (const Variable& variable : variables) {
    names.push_back(variable.name);
    letters.push_back(variable.letter);
  }
  if (numpy_) return name + " = " + formula(names) + "\n";
  return name + " = each(lambda " + python::arguments(letters) + ": " + formula(letters) + ", " +
         python::arguments(names) + ")\n";
}

std::string Hand::tensor(const std::string& name, const Tensor& values) const {
  const std::size_t column = name.size() + 3 + (numpy_ ? 9 : 0);
  return array(name, python::list(values, plane_, column, python::Precision::kDouble));
}

std::string Hand::parameters(const std::string& name, const Parameters& values) const {
  std::string text = tensor(name, values.weight);
  if (values.bias.empty()) return text;
  const std::string bias = name + "_bias";
  if (plane_)
    return text + bias + " = " + python::number(static_cast<double>(values.bias.front())) + "\n";
  const std::size_t column = bias.size() + 3 + (numpy_ ? 9 : 0);
  return text + array(bias, python::list(values.bias, column, python::Precision::kDouble));
}

// One kernel and bias become those of all channels.
std::string Hand::channels() const {
  if (!run_.shared()) return "";
  const std::string count = std::to_string(run_.channels());
  const std::string comment = "  # one kernel for every channel\n";
  std::string text = numpy_ ? "weight = np.repeat(weight, " + count + ", axis=0)" + comment
                            : "weight = weight * " + count + comment;
  if (run_.has_bias())
    text += numpy_ ? "bias = np.repeat(bias, " + count + ")\n" : "bias = bias * " + count + "\n";
  return text;
}

// The gradient of one plane of the weight.
std::string Hand::gradient2d() const {
  const Yx& s = options().stride;
  const Yx& d = options().dilation;
  const Shape k = weight();
  std::string text =
      "\n\ndef gradient2d(x, slope):\n"
      "    \"\"\"Sums for each weight what it was multiplied with, times the slope of the "
      "loss.\"\"\"\n";
  if (numpy_) {
    const std::string small =
        s == Yx{1, 1} ? "slope" : "zeros_between(slope, " + python::tuple(s) + ")";
    text += "    return correlate(x, " + small + ", mode=\"valid\", method=\"direct\")";
    if (d != Yx{1, 1}) text += "[:: " + std::to_string(d.y) + ", :: " + std::to_string(d.x) + "]";
    // A stride may leave rows and columns that no window reaches.
    if (s != Yx{1, 1}) text += "[:" + std::to_string(k.h) + ", :" + std::to_string(k.w) + "]";
    return text + "\n";
  }
  const auto times = [](const char* index, Index factor) {
    return factor == 1 ? std::string(index) : std::string(index) + " * " + std::to_string(factor);
  };
  return text + "    h, w = len(slope), len(slope[0])\n    g = [[0.0] * " + std::to_string(k.w) +
         " for _ in range(" + std::to_string(k.h) + ")]\n" + "    for v in range(" +
         std::to_string(k.h) + "):\n        for u in range(" + std::to_string(k.w) +
         "):\n            for i in range(h):\n                for j in range(w):\n" +
         "                    g[v][u] += slope[i][j] * x[" + times("i", s.y) + " + " +
         times("v", d.y) + "][" + times("j", s.x) + " + " + times("u", d.x) + "]\n    return g\n";
}

// The gradients of all planes, each summed over the pictures.
std::string Hand::all_planes(const std::string& large, const std::string& small) const {
  const Shape k = weight();
  const Index groups = options().groups;
  const std::string inner = std::to_string(k.c);
  // For each plane [a, b] of the weight, a channel of the one and the channel of the other that it
  // is linked to: those of a group.
  std::string linked =
      groups == 1 ? "b" : "a // " + std::to_string(k.n / groups) + " * " + inner + " + b";
  if (k.c == 1 && k.n == groups) linked = "a";
  const std::string each_plane = "gradient2d(p[" + linked + "], q[a])";
  const std::string pictures = " for p, q in zip(" + large + ", " + small + ")";
  const std::string sum =
      numpy_ ? "sum(" + each_plane + pictures + ")" : "total([" + each_plane + pictures + "])";
  std::string text = "    gradient = [\n        [" + sum + " for b in range(" + inner +
                     ")]\n        for a in range(" + std::to_string(k.n) + ")\n    ]\n";
  const std::string result = numpy_ ? "np.array(gradient)" : "gradient";
  if (!run_.shared()) return text + "    return " + result + "\n";
  return text + (numpy_ ? "    return np.sum(gradient, axis=0, keepdims=True)\n"
                        : "    return [total(gradient)]\n");
}

std::string Hand::weight_gradient() const {
  const Conv2dOptions& o = options();
  if (is_plain()) return gradient2d() + "\n\n";
  std::string text = gradient2d() + "\n\ndef weight_gradient(slope):\n";
  std::string large = o.transposed ? "slope" : "x";
  const std::string small = o.transposed ? "x" : "slope";
  if (o.padding != Padding{}) {
    const Padding& p = o.padding;
    const std::string to = o.transposed ? "whole" : "padded";
    text += "    " + to + " = " +
            (numpy_ ? numpy_pad(large, p, numpy_mode(o.padding_mode), plane_)
                    : list_planes(pad_function(o.padding_mode), large, list_sides(p), plane_)) +
            "\n";
    large = to;
  }
  if (plane_) return text + "    return gradient2d(" + large + ", " + small + ")\n\n\n";
  return text + all_planes(large, small) + "\n\n";
}

std::string Hand::bias_gradient() const {
  if (numpy_) {
    if (plane_) return "slope.sum()";
    return run_.shared() ? "slope.sum().reshape(1)" : "slope.sum(axis=(0, 2, 3))";
  }
  if (plane_) return "sum(flat(slope))";
  if (run_.shared()) return "[sum(flat(slope))]";
  return "[sum(flat(list(planes))) for planes in zip(*slope)]";
}

std::string Hand::target() const {
  if (run_.maker)
    return parameters(run_.maker_name, *run_.maker) +
           "target = " + predict_call(run_, run_.maker_name) + "\n";
  if (is_loaded(run_.problem->target))
    return std::string("target = tensors[\"target\"]") + (plane_ ? "[0, 0]" : "") +
           ".astype(np.float64)\n";
  return tensor("target", run_.problem->target);
}

std::string Hand::state_of(const std::string& name, const std::string& end) const {
  const OptimizerKind kind = run_.optimizer.kind;
  if (kind == OptimizerKind::kSgd) return "";
  const auto zeros = [&](const char* state) {
    return let(state + end, {{name, "w"}}, [&](const auto& v) {
      return numpy_ ? "np.zeros_like(" + v[0] + ")" : std::string("0.0");
    });
  };
  if (kind == OptimizerKind::kAdam) return zeros("mean") + zeros("square");
  return zeros("velocity");
}

// The lines of the loop that change one parameter.
std::string Hand::step_of(const std::string& name, const std::string& gradient,
                          const std::string& end) const {
  const OptimizerOptions& o = run_.optimizer;
  const std::string rate = loop_rate(run_);
  const Variable w{name, "w"}, g{"gradient" + end, "g"}, v{"velocity" + end, "v"};
  const Variable mean{"mean" + end, "m"}, square{"square" + end, "s"};
  const std::string momentum = python::number(o.momentum);
  std::string text = g.name + " = " + gradient + "\n";
  switch (o.kind) {
    case OptimizerKind::kSgd:
      return text + let(name, {w, g},
                        [&](const auto& of) { return of[0] + " - " + rate + " * " + of[1]; });
    case OptimizerKind::kMomentum:
    case OptimizerKind::kNesterov:
      text += let(v.name, {v, g},
                  [&](const auto& of) { return momentum + " * " + of[0] + " + " + of[1]; });
      if (o.kind == OptimizerKind::kMomentum)
        return text + let(name, {w, v},
                          [&](const auto& of) { return of[0] + " - " + rate + " * " + of[1]; });
      return text + let(name, {w, g, v}, [&](const auto& of) {
               return of[0] + " - " + rate + " * (" + of[1] + " + " + momentum + " * " + of[2] +
                      ")";
             });
    case OptimizerKind::kAdam:
      break;
  }
  const std::string b1 = python::number(o.beta1);
  const std::string b2 = python::number(o.beta2);
  text += let(mean.name, {mean, g}, [&](const auto& of) {
    return b1 + " * " + of[0] + " + (1 - " + b1 + ") * " + of[1];
  });
  text += let(square.name, {square, g}, [&](const auto& of) {
    return b2 + " * " + of[0] + " + (1 - " + b2 + ") * " + of[1] + "**2";
  });
  text += "step, root = " + rate + " / (1 - " + b1 + "**t), (1 - " + b2 + "**t) ** 0.5\n";
  return text + let(name, {w, mean, square}, [&](const auto& of) {
           return of[0] + " - step * " + of[1] + " / (" + of[2] + "**0.5 / root + " +
                  python::number(o.eps) + ")";
         });
}

std::string Hand::loop() const {
  std::string text = state_of("learned", "");
  if (run_.has_bias()) text += state_of("learned_bias", "_bias");
  text += loop_head(run_, run_.optimizer.kind == OptimizerKind::kAdam);
  const bool sum = run_.problem->reduction == Reduction::kSum;
  const std::string count = sum ? "" : " / " + std::to_string(run_.problem->target.numel());
  std::string body =
      let("slope", {{predict_call(run_, "learned"), "y"}, {"target", "t"}},
          [&](const auto& of) { return "2 * (" + of[0] + " - " + of[1] + ")" + count; });
  body += step_of("learned", gradient_call(), "");
  if (run_.has_bias()) body += step_of("learned_bias", bias_gradient(), "_bias");
  text += python::indented(body);
  const std::string squares = predict_call(run_, "learned");
  if (numpy_)
    return text + "loss = np." + (sum ? "sum" : "mean") + "((" + squares + " - target) ** 2)\n";
  return text + "squares = flat(each(lambda y, t: (y - t) ** 2, " + squares + ", target))\n" +
         "loss = sum(squares)" + (sum ? "" : " / len(squares)") + "\n";
}

std::string Hand::checks() const {
  const auto close = [&](const std::string& name) {
    return numpy_ ? "np.testing.assert_allclose(" + name + ", expected, rtol=0, atol=tolerance)\n"
                  : "assert close(" + name + ", expected, tolerance)\n";
  };
  const std::size_t column = std::string("expected = ").size();
  std::string text =
      "expected = " + python::list(run_.shown.weight, plane_, column, python::Precision::kDouble) +
      "\n" + close("learned");
  if (run_.has_bias()) {
    const std::string bias =
        plane_ ? python::number(static_cast<double>(run_.shown.bias.front()))
               : python::list(run_.shown.bias, column, python::Precision::kDouble);
    text += "expected = " + bias + "\n" + close("learned_bias");
  }
  return text + loss_check(run_, "loss");
}

std::string Hand::text(const std::string& convolution) const {
  std::string text = learning_title(run_);
  if (numpy_) text += "x = x.astype(np.float64)\n";
  text += predict_function(run_, channels(), convolution);
  text.resize(text.size() - 2);
  text += weight_gradient() + target() + parameters("learned", run_.start) + loop();
  return text + "\n" + tolerance_text(run_) + checks();
}

}  // namespace

std::string hand_learning(Dialect dialect, const SnippetLearning& run, bool plane,
                          const std::string& convolution) {
  return Hand(dialect, run, plane).text(convolution);
}

}  // namespace convscope::exports
