#include "app/export/snippet/torch_learning.h"

#include "app/export/snippet/learning_text.h"
#include "app/export/snippet/python.h"

namespace convscope::exports {
namespace {

std::string weights(const std::string& name, const Parameters& values, const std::string& end) {
  const std::string begin = name + " = torch.tensor(";
  std::string text = begin + python::list(values.weight, false, begin.size()) + ")" + end + "\n";
  if (values.bias.empty()) return text;
  const std::string bias = name + "_bias = torch.tensor(";
  return text + bias + python::list(values.bias, bias.size()) + ")" + end + "\n";
}

std::string optimizer_text(const SnippetLearning& run) {
  const OptimizerOptions& o = run.optimizer;
  const std::string what = std::string("[learned") + (run.has_bias() ? ", learned_bias" : "") + "]";
  const std::string rate = "lr=" + run.rates.front().rate;
  std::string momentum;
  if (o.kind == OptimizerKind::kAdam) {
    const std::string betas =
        "betas=(" + python::number(o.beta1) + ", " + python::number(o.beta2) + ")";
    return "optimizer = torch.optim.Adam(" +
           python::arguments({what, rate, betas, "eps=" + python::number(o.eps)}) + ")\n";
  }
  if (o.kind != OptimizerKind::kSgd) momentum = "momentum=" + python::number(o.momentum);
  const std::string nesterov = o.kind == OptimizerKind::kNesterov ? "nesterov=True" : "";
  return "optimizer = torch.optim.SGD(" + python::arguments({what, rate, momentum, nesterov}) +
         ")\n";
}

std::string target_text(const SnippetLearning& run) {
  if (run.maker)
    return weights(run.maker_name, *run.maker, ".double()") +
           "target = " + predict_call(run, run.maker_name) + "\n";
  const Tensor& target = run.problem->target;
  if (is_loaded(target)) return "target = torch.from_numpy(tensors[\"target\"]).double()\n";
  const std::string begin = "target = torch.tensor(";
  return begin + python::list(target, false, begin.size()) + ").double()\n";
}

std::string close(const std::string& name, const std::string& expected) {
  return expected + "torch.testing.assert_close(" + name +
         ".detach(), expected, rtol=0, atol=tolerance)\n";
}

std::string checks(const SnippetLearning& run) {
  const std::string begin = "expected = torch.tensor(";
  std::string text = close(
      "learned", begin + python::list(run.shown.weight, false, begin.size()) + ").double()\n");
  if (run.has_bias())
    text +=
        close("learned_bias", begin + python::list(run.shown.bias, begin.size()) + ").double()\n");
  return text + loss_check(run, "loss.item()");
}

}  // namespace

std::string torch_learning(const SnippetLearning& run, const std::string& convolution) {
  std::string channels;
  if (run.shared()) {
    const std::string count = std::to_string(run.channels());
    channels = "weight = weight.repeat(" + count + ", 1, 1, 1)  # one kernel for every channel\n";
    if (run.has_bias()) channels += "bias = bias.repeat(" + count + ")\n";
  }
  const std::string loss = "loss = F.mse_loss(" + predict_call(run, "learned") +
                           ", target, reduction=\"" +
                           (run.problem->reduction == Reduction::kSum ? "sum" : "mean") + "\")\n";
  std::string text = learning_title(run) + "x = x.double()\n" +
                     predict_function(run, channels, convolution) + target_text(run) +
                     weights("learned", run.start, ".double().requires_grad_()") +
                     optimizer_text(run) + loop_head(run, false);
  if (run.rates.size() > 1) text += "    optimizer.param_groups[0][\"lr\"] = rate\n";
  text += "    optimizer.zero_grad()\n    " + loss + "    loss.backward()\n    optimizer.step()\n";
  return text + loss + "\n" + tolerance_text(run) + checks(run);
}

}  // namespace convscope::exports
