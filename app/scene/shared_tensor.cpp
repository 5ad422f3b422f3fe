#include "app/scene/shared_tensor.h"

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace convscope::scene {
namespace {

constexpr Index kLarge = Index{1} << 20;  // 4 MB

// Frees objects on a thread of its own.
class Releaser {
 public:
  void release(std::shared_ptr<const void> last) {
    {
      const std::scoped_lock lock(mutex_);
      released_.push_back(std::move(last));
    }
    changed_.notify_one();
  }

 private:
  void run(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [&] { return !released_.empty(); })) {
      std::vector<std::shared_ptr<const void>> freed = std::exchange(released_, {});
      lock.unlock();
      freed.clear();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<std::shared_ptr<const void>> released_;
  std::jthread thread_{[this](const std::stop_token& stop) { run(stop); }};
};

}  // namespace

void free_elsewhere(std::shared_ptr<const void> last) noexcept {
  try {
    // The program has a single releaser, because the last owner of a tensor may be anywhere and
    // knows no thread to hand it to. The releaser is created when the first tensor is freed here,
    // and destroyed after main(), which owns everything that passes tensors to it.
    static Releaser releaser;
    releaser.release(std::move(last));
  } catch (const std::exception&) {
    // There was no memory or no thread, so the object is freed on this thread.
  }
}

TensorPtr shared_tensor(Tensor tensor, Revision revision) {
  if (tensor.numel() < kLarge)
    return {std::make_shared<const Tensor>(std::move(tensor)), std::move(revision)};
  return {std::shared_ptr<const Tensor>(new Tensor(std::move(tensor)), FreeElsewhere{}),
          std::move(revision)};
}

}  // namespace convscope::scene
