#include "app/session/evaluator.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <new>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "engine/error.h"
#include "engine/relu.h"

namespace convscope {
namespace {

constexpr const char* kNoMemory =
    "there is not enough memory for this; take a smaller picture or a larger stride";

// One layer of a scene, as the evaluation needs it.
struct Layer {
  const KernelScene& kernel;
  const ConvScene& conv;
  bool relu;
  const Pool2dOptions* pool;  // null for no pooling
};

bool correlate_layer(const Layer& layer, LayerResults& results, const std::stop_token& stop) {
  try {
    LayerArguments arguments = layer_arguments(layer.kernel, layer.conv, results.input->shape().c);
    results.weight = std::move(arguments.weight);
    results.bias = std::move(arguments.bias);
    results.options = arguments.options;
    auto output = std::make_shared<Tensor>();
    if (!conv2d_into(*results.input, results.weight, results.bias, results.options, *output,
                     stop)) {
      return false;
    }
    results.output = std::move(output);
  } catch (const Error& error) {
    results.output_error = error.what();
  } catch (const std::bad_alloc&) {
    results.output_error = kNoMemory;
  }
  return true;
}

bool pool_layer(const Pool2dOptions& options, LayerResults& results, const std::stop_token& stop) {
  if (!results.output) {
    results.pooled_error = "there is no output to pool";
    return true;
  }
  try {
    auto pooled = std::make_shared<Pool2dResult>();
    if (!pool2d_into(*results.activated, options, *pooled, stop)) return false;
    results.pooled = std::move(pooled);
  } catch (const Error& error) {
    results.pooled_error = error.what();
  } catch (const std::bad_alloc&) {
    results.pooled_error = kNoMemory;
  }
  return true;
}

// Nothing if stopped. Takes from `before`, what the layer gave last and of which scene, what still
// holds.
std::optional<LayerResults> evaluate_layer(const Layer& layer, TensorPtr input,
                                           const LayerResults* before, const Layer* layer_before,
                                           const std::stop_token& stop) {
  LayerResults results;
  results.input = std::move(input);
  const bool same = before != nullptr && before->input == results.input &&
                    layer_before->kernel.weight == layer.kernel.weight &&
                    layer_before->kernel.layer == layer.kernel.layer &&
                    layer_before->kernel.bias == layer.kernel.bias &&
                    layer_before->conv == layer.conv;
  if (same) {
    results = *before;
    results.pooled = nullptr;
    results.pooled_error.clear();
  } else if (!correlate_layer(layer, results, stop)) {
    return std::nullopt;
  }
  if (results.output && (!same || layer_before->relu != layer.relu)) {
    results.activated =
        layer.relu ? std::make_shared<const Tensor>(relu(*results.output)) : results.output;
  }
  if (layer.pool != nullptr && !pool_layer(*layer.pool, results, stop)) return std::nullopt;
  return results;
}

Layer first_layer(const Scene& scene) {
  return {scene.kernel, scene.conv, scene.pool.relu, &scene.pool.options};
}

Layer chained_layer(const LayerScene& layer) {
  return {layer.kernel, layer.conv, layer.relu, layer.pooled ? &layer.pool : nullptr};
}

// What the layer gives to the next one; null where it gives nothing.
TensorPtr passed_on(const LayerResults& results, bool pooled) {
  if (!pooled) return results.activated;
  return results.pooled ? TensorPtr(results.pooled, &results.pooled->output) : nullptr;
}

// False if stopped.
bool evaluate_chain(const Scene& scene, const Results* previous, Results& results,
                    const std::stop_token& stop) {
  TensorPtr input = passed_on(results, true);
  for (std::size_t i = 0; i < scene.chain.size(); ++i) {
    const LayerScene& layer = scene.chain[i];
    if (!input) {
      LayerResults none;
      none.output_error = "the layer before it gives no output";
      results.chain.push_back(std::move(none));
      continue;
    }
    const bool known = previous != nullptr && i < previous->chain.size();
    const LayerResults* before = known ? &previous->chain[i] : nullptr;
    const std::optional<Layer> layer_before =
        known ? std::optional<Layer>(chained_layer(previous->scene.chain[i])) : std::nullopt;
    std::optional<LayerResults> next = evaluate_layer(
        chained_layer(layer), input, before, layer_before ? &*layer_before : nullptr, stop);
    if (!next) return false;
    input = passed_on(*next, layer.pooled);
    results.chain.push_back(std::move(*next));
  }
  return true;
}

// Nothing if stopped. Takes from `previous` what still holds.
std::optional<Results> evaluate(const Scene& scene, const Results* previous,
                                const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  const std::optional<Layer> layer_before =
      previous != nullptr ? std::optional<Layer>(first_layer(previous->scene)) : std::nullopt;
  std::optional<LayerResults> first =
      evaluate_layer(first_layer(scene), scene.input.tensor, previous,
                     layer_before ? &*layer_before : nullptr, stop);
  if (!first) return std::nullopt;
  Results results;
  static_cast<LayerResults&>(results) = std::move(*first);
  results.scene = scene;
  if (!evaluate_chain(scene, previous, results, stop)) return std::nullopt;
  results.milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  return results;
}

}  // namespace

Results evaluate(const Scene& scene) {
  return *evaluate(scene, nullptr, {});
}

class Evaluator::Impl {
 public:
  explicit Impl(std::function<void()> wake)
      : wake_(std::move(wake)), worker_([this](const std::stop_token& quit) { work(quit); }) {}

  ~Impl() {
    {
      const std::scoped_lock lock(mutex_);
      worker_.request_stop();
      current_.request_stop();
    }
    changed_.notify_all();
  }

  void submit(const Scene& scene) {
    {
      const std::scoped_lock lock(mutex_);
      pending_ = scene;
      current_.request_stop();
    }
    changed_.notify_all();
  }

  ResultsPtr results() const {
    const std::scoped_lock lock(mutex_);
    return results_;
  }

  bool busy() const {
    const std::scoped_lock lock(mutex_);
    return pending_.has_value() || working_;
  }

  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !pending_.has_value() && !working_; });
  }

 private:
  void work(const std::stop_token& quit) {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, quit, [&] { return pending_.has_value(); });
      if (quit.stop_requested()) return;
      const Scene scene = *std::exchange(pending_, std::nullopt);
      const ResultsPtr previous = results_;
      current_ = std::stop_source();
      working_ = true;
      lock.unlock();
      std::optional<Results> finished = evaluate(scene, previous.get(), current_.get_token());
      lock.lock();
      working_ = false;
      if (finished.has_value()) {
        results_ = std::make_shared<const Results>(std::move(*finished));
        lock.unlock();
        wake_();
        lock.lock();
      }
      changed_.notify_all();
    }
  }

  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<Scene> pending_;
  std::stop_source current_;  // of the evaluation that is under way
  bool working_ = false;
  ResultsPtr results_;
  std::jthread worker_;  // last: it uses all of the above
};

Evaluator::Evaluator(std::function<void()> wake) : impl_(std::make_unique<Impl>(std::move(wake))) {}
Evaluator::~Evaluator() = default;
void Evaluator::submit(const Scene& scene) {
  impl_->submit(scene);
}
ResultsPtr Evaluator::results() const {
  return impl_->results();
}
bool Evaluator::busy() const {
  return impl_->busy();
}
void Evaluator::wait() {
  impl_->wait();
}

}  // namespace convscope
