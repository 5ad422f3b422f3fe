#include "app/cli/learn.h"

#include <CLI/App.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <ostream>

#include "app/cli/command_memory.h"
#include "app/cli/conv_arguments.h"
#include "app/cli/files.h"
#include "app/cli/learn_report.h"
#include "app/cli/usage_error.h"
#include "app/cli/values.h"
#include "app/scene/scene.h"
#include "engine/core/option_check.h"
#include "engine/kernel_info/kernels.h"
#include "engine/learning/gram_learner.h"
#include "engine/learning/optimizer.h"

namespace convscope::cli {
namespace {

// The options as they were given: as many data members as there are options.
struct Arguments {
  std::string input;
  std::string target;
  std::string kernel;
  std::string init;
  std::string seed;
  bool bias = false;
  std::string rate;
  std::string steps;
  std::string loss = "sum";
  std::string optimizer = "sgd";
  std::string momentum;
  std::string betas;
  std::string eps;
  ConvArguments conv;
  std::string output;
  std::string output_bias;
  std::string history;
  std::string history_every;
  bool analyze = false;
};

// The problem, the options and the start of a run.
struct Task {
  LearningProblem problem;
  Parameters start;
  OptimizerOptions optimizer;
  double rate = 0.0;
  Index steps = 0;
  Index history_every = 1;
};

struct Outcome {
  Parameters parameters;
  double first_loss = 0.0;
  double loss = 0.0;
};

Reduction parse_loss(const std::string& text) {
  if (text == "sum") return Reduction::kSum;
  if (text == "mean") return Reduction::kMean;
  throw UsageError("--loss is \"" + text + "\"; it must be sum or mean");
}

// Returns the optimizer with the settings that it was given; those of another one are refused.
OptimizerOptions parse_optimizer(const Arguments& a) {
  OptimizerOptions result;
  result.kind = as_usage([&] { return optimizer_kind(a.optimizer); });
  const bool adam = result.kind == OptimizerKind::kAdam;
  const bool momentum =
      result.kind == OptimizerKind::kMomentum || result.kind == OptimizerKind::kNesterov;
  const auto require = [&](const char* option, const std::string& text, bool fits,
                           const char* whose) {
    if (!text.empty() && !fits)
      throw UsageError(std::string(option) + " is a setting of --optimizer " + whose +
                       ", and --optimizer is " + a.optimizer);
  };
  require("--momentum", a.momentum, momentum, "momentum or nesterov");
  require("--betas", a.betas, adam, "adam");
  require("--eps", a.eps, adam, "adam");
  if (!a.momentum.empty())
    result.momentum = parse_real("--momentum", a.momentum, {0.0, kMaxMomentum});
  if (!a.betas.empty()) {
    const RealPair betas = parse_reals("--betas", a.betas, {0.0, kMaxBeta});
    result.beta1 = betas.first;
    result.beta2 = betas.second;
  }
  if (!a.eps.empty()) result.eps = parse_real("--eps", a.eps, {kMinEps, kMaxEps});
  return result;
}

void require_finite(const std::string& path, const Tensor& tensor) {
  if (!std::ranges::all_of(tensor.values(), [](float v) { return std::isfinite(v); }))
    throw Error("\"" + path + "\" holds NaN or infinite values; learning needs finite ones");
}

// Returns the shape of a drawn weight: the input and target determine its first two sizes.
Shape drawn_shape(const Task& task, Yx kernel) {
  const Index in = task.problem.input.shape().c;
  const Index out = task.problem.target.shape().c;
  const Conv2dOptions& o = task.problem.options;
  const Index divided = o.transposed ? out : in;
  if (divided % o.groups != 0)
    throw UsageError("--groups is " + std::to_string(o.groups) + "; it must divide the " +
                     std::to_string(divided) + " channels of the " +
                     (o.transposed ? "target" : "input"));
  return o.transposed ? Shape{in, out / o.groups, kernel.y, kernel.x}
                      : Shape{out, in / o.groups, kernel.y, kernel.x};
}

// Reads the initial weights, or draws them once it is known that they fit.
void set_start(const Arguments& a, Task& task, Tensor init, Yx kernel, CommandMemory& memory) {
  const Shape shape = a.init.empty() ? drawn_shape(task, kernel) : init.shape();
  const Shape full = is_shared(shape, task.problem)
                         ? Shape{task.problem.options.groups, 1, shape.h, shape.w}
                         : shape;
  const Shape output = as_usage(
      [&] { return conv2d_output_shape(task.problem.input.shape(), full, task.problem.options); });
  const std::uint64_t seed = a.seed.empty() ? 1 : parse_seed("--seed", a.seed);
  if (a.init.empty()) memory.take("the start weights", shape, 2 * tensor_bytes(shape));
  task.start.weight = a.init.empty() ? random_weight(shape, seed) : std::move(init);
  if (a.bias) {
    const Index biases = full == shape ? output.c : 1;
    task.start.bias.assign(static_cast<std::size_t>(biases), 0.0f);
  }
  as_usage([&] { require_fit(task.problem, task.start); });
}

Yx kernel_size(const Arguments& a, const Tensor& init) {
  if (a.init.empty()) {
    if (a.kernel.empty())
      throw UsageError("the kernel's size is missing; give --kernel ky,kx or --init FILE");
    const Yx kernel = parse_pair("--kernel", a.kernel);
    as_usage([&] { require_range("--kernel", kernel, 1); });
    return kernel;
  }
  const Yx kernel{init.shape().h, init.shape().w};
  if (!a.kernel.empty() && parse_pair("--kernel", a.kernel) != kernel)
    throw UsageError("--kernel is \"" + a.kernel + "\", but --init \"" + a.init + "\" has " +
                     size_text(kernel) + " cells; leave one out or let them agree");
  return kernel;
}

// Reads an input or target after checking the memory that it needs.
Tensor read_checked(const CommandContext& context, const std::string& path,
                    std::optional<Index> channels, CommandMemory& memory) {
  memory.read(path);
  Tensor tensor = read_input(context, path, channels);
  require_finite(path, tensor);
  return tensor;
}

// Adds the memory that the run needs besides input and target: a prediction and its error, and the
// sums.
void add_memory(const Task& task, CommandMemory& memory) {
  const Shape& input = task.problem.input.shape();
  const Shape& target = task.problem.target.shape();
  const Conv2dOptions& options = task.problem.options;
  Shape weight = task.start.weight.shape();
  if (is_shared(weight, task.problem)) weight.n = options.groups;
  memory.take("a prediction with its error", target, 2 * tensor_bytes(target));
  memory.work(conv2d_scratch_bytes(input, weight, options) +
              conv2d_grad_weight_scratch_bytes(input, weight, options) +
              gram_sums_bytes(input, weight, options, !task.start.bias.empty()));
}

Task make_task(const Arguments& a, const CommandContext& context, CommandMemory& memory) {
  Task task;
  task.rate = parse_rate("--lr", a.rate);
  task.steps = parse_count("--steps", a.steps, 0, kMaxStopSteps);
  task.problem.reduction = parse_loss(a.loss);
  task.optimizer = parse_optimizer(a);
  if (!a.init.empty() && !a.seed.empty())
    throw UsageError("--init and --seed both give the start weights; leave one out");
  if (!a.history_every.empty() && a.history.empty())
    throw UsageError("--history-every needs --history: without it no losses are written");
  if (!a.history_every.empty())
    task.history_every = parse_count("--history-every", a.history_every, 1, kMaxStopSteps);
  if (!a.output_bias.empty() && !a.bias)
    throw UsageError("--output-bias needs --bias: without it no bias is learned");

  if (!a.init.empty()) memory.read(a.init);
  Tensor init = a.init.empty() ? Tensor() : read_tensor(context, a.init);
  require_finite(a.init, init);
  const Yx kernel = kernel_size(a, init);
  task.problem.options = conv_options(a.conv, kernel);
  const std::optional<Index> channels =
      a.init.empty() ? std::nullopt
                     : std::optional(input_channels(init.shape(), task.problem.options.groups,
                                                    task.problem.options.transposed));
  task.problem.input = read_checked(context, a.input, channels, memory);
  task.problem.target = read_checked(context, a.target, std::nullopt, memory);
  set_start(a, task, std::move(init), kernel, memory);
  add_memory(task, memory);
  return task;
}

template <typename Learner>
Outcome descend(Learner& learner, const Task& task, HistoryWriter& history, ProgressBar& bar) {
  Outcome result;
  result.first_loss = learner.loss();
  if (learner.overflows())
    throw Error(
        "the loss of the start weights or its gradient is beyond 3.4e38, float32's largest number; "
        "make the input, the target or the weights smaller");
  Optimizer optimizer(task.optimizer);
  for (Index taken = 0; taken < task.steps; ++taken) {
    history.add(learner.loss());
    if (step(learner, optimizer, task.rate) == StepOutcome::kDiverged)
      throw Error("the loss grew without bound at learning rate " + number(task.rate) + ": step " +
                  std::to_string(taken + 1) +
                  " is no longer a finite number; choose a smaller rate");
    bar.show_steps(taken + 1, task.steps, task.rate, learner.loss());
  }
  history.add(learner.loss());
  history.finish();
  result.loss = learner.loss();
  result.parameters = learner.parameters();
  return result;
}

// Returns null if the weight has too many values to hold the sums of their products.
std::shared_ptr<const QuadraticLoss> quadratic_of(const Task& task, bool bias, ProgressBar& bar) {
  try {
    std::optional<QuadraticLoss> loss =
        QuadraticLoss::build(task.problem, task.start.weight.shape(), bias, {},
                             [&](double share) { bar.show_share("summing up the input", share); });
    return std::make_shared<const QuadraticLoss>(*std::move(loss));
  } catch (const Error&) {
    return nullptr;
  }
}

// Learns with the quadratic loss, where a step costs the same whatever the size of the picture, or
// else with convolutions.
Outcome learn(const Arguments& a, const Task& task, HistoryWriter& history,
              const CommandContext& context) {
  ProgressBar bar(context.progress);
  const std::shared_ptr<const QuadraticLoss> quadratic = quadratic_of(task, a.bias, bar);
  if (a.analyze && quadratic == nullptr)
    throw UsageError("--analyze needs a smaller weight than " +
                     to_string(task.start.weight.shape()) +
                     ": an output channel may have at most 4096 values");
  if (a.analyze) print_analysis(*quadratic, task.optimizer, context.out, bar);
  if (quadratic == nullptr) {
    KernelLearner learner(task.problem, task.start);
    return descend(learner, task, history, bar);
  }
  GramLearner learner(quadratic, task.start);
  return descend(learner, task, history, bar);
}

void run(const Arguments& a, const CommandContext& context) {
  CommandMemory memory(context.memory);
  const Task task = make_task(a, context, memory);
  const HistoryPlan plan{task.steps, task.history_every};
  require_history(a.history, plan, context.out);
  Outputs outputs;
  for (const std::string& path : {a.output, a.output_bias, a.history})
    outputs.claim(path);
  HistoryWriter history(outputs.add_stream(a.history), plan);
  const Outcome outcome = learn(a, task, history, context);
  outputs.add(a.output, outcome.parameters.weight);
  if (a.bias) outputs.add_vector(a.output_bias, outcome.parameters.bias);
  context.out << "step 0: loss " << number(outcome.first_loss) << "\nstep " << task.steps
              << ": loss " << number(outcome.loss) << '\n';
  for (std::size_t i = 0; i < outcome.parameters.bias.size(); ++i)
    context.out << (i == 0 ? "bias: " : ", ") << number(double{outcome.parameters.bias[i]});
  if (a.bias) context.out << '\n';
  outputs.commit(context.out);
}

}  // namespace

void add_learn(CLI::App& app, const CommandContext& context) {
  CLI::App* command = app.add_subcommand(
      "learn",
      "Learn the weight that maps an input to a target, by gradient descent on the "
      "squared errors");
  const auto a = std::make_shared<Arguments>();
  const auto text = [&](const char* name, std::string& value, const char* type,
                        const std::string& help) {
    return command->add_option(name, value, help)->type_name(type);
  };
  text("--input", a->input, "FILE", "the input, an array (.npy, .npz:NAME, .csv) or a picture")
      ->required();
  text("--target", a->target, "FILE", "what its conv2d should be, an array or a picture")
      ->required();
  text("--kernel", a->kernel, "N|Y,X", "size of the kernel; not needed with --init");
  text("--init", a->init, "FILE",
       "start weights, an array; [1, 1, kh, kw] with --groups is one kernel for all channels");
  text("--seed", a->seed, "N", "draws the start weights as PyTorch's Conv2d does [1]");
  command->add_flag("--bias", a->bias, "learn a bias too, from 0");
  text("--lr", a->rate, "RATE", "learning rate")->required();
  text("--steps", a->steps, "N", "steps of full-batch gradient descent")->required();
  text("--loss", a->loss, "sum|mean", with_default("of the squared errors", a->loss));
  text("--optimizer", a->optimizer, "NAME",
       with_default("sgd, momentum, nesterov or adam, as torch.optim", a->optimizer));
  text("--momentum", a->momentum, "BETA", "of momentum and nesterov, 0 to 0.999 [0.9]");
  text("--betas", a->betas, "B1,B2", "of adam, 0 to 0.999999 [0.9,0.999]");
  text("--eps", a->eps, "EPS", "of adam, 1e-30 to 1 [1e-8]");
  add_conv_arguments(*command, a->conv);
  text("--output", a->output, "FILE", "where the learned weight goes, as float32 .npy")->required();
  text("--output-bias", a->output_bias, "FILE", "where the learned bias goes, as float32 .npy");
  text("--history", a->history, "FILE",
       "where the losses go, as CSV: the loss after each number of steps, from 0 on; up to 1 GB");
  text("--history-every", a->history_every, "N",
       "write the losses of the start, of every N-th step and of the last only [1]");
  command->add_flag("--analyze", a->analyze,
                    "tell the eigenvalues of the loss, the largest stable and the best rate, the "
                    "rank and the optimum");
  command->callback([a, context] { run(*a, context); });
}

}  // namespace convscope::cli
