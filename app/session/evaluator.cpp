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

namespace convscope {
namespace {

constexpr const char* kNoMemory =
    "there is not enough memory for this; take a smaller picture or a larger stride";

bool same_convolution(const Scene& a, const Scene& b) {
  return a.input.tensor == b.input.tensor && a.kernel.weight == b.kernel.weight &&
         a.kernel.bias == b.kernel.bias && a.conv == b.conv;
}

bool correlate_scene(const Scene& scene, Results& results, const std::stop_token& stop) {
  try {
    const Tensor& input = *scene.input.tensor;
    const Shape& weight = scene.kernel.weight.shape();
    const Index channels = input.shape().c;
    results.options = conv_options(scene.conv, {weight.h, weight.w}, channels);
    const std::vector<float> bias(static_cast<std::size_t>(channels), scene.kernel.bias);
    auto output = std::make_shared<Tensor>();
    if (!conv2d_into(input, per_channel_weight(scene.kernel.weight, channels), bias,
                     results.options, *output, stop)) {
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

bool pool_scene(const Scene& scene, Results& results, const std::stop_token& stop) {
  if (!results.output) {
    results.pooled_error = "there is no output to pool";
    return true;
  }
  try {
    auto pooled = std::make_shared<Pool2dResult>();
    if (!pool2d_into(*results.output, scene.pool.options, *pooled, stop)) return false;
    results.pooled = std::move(pooled);
  } catch (const Error& error) {
    results.pooled_error = error.what();
  } catch (const std::bad_alloc&) {
    results.pooled_error = kNoMemory;
  }
  return true;
}

// Nothing if stopped. Takes from `previous` what still holds.
std::optional<Results> evaluate(const Scene& scene, const Results* previous,
                                const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  Results results;
  results.scene = scene;
  if (previous != nullptr && same_convolution(previous->scene, scene)) {
    results.options = previous->options;
    results.output = previous->output;
    results.output_error = previous->output_error;
  } else if (!correlate_scene(scene, results, stop)) {
    return std::nullopt;
  }
  if (!pool_scene(scene, results, stop)) return std::nullopt;
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
