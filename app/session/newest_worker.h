#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace convscope {

// Works on requests on a thread of its own; the newest one wins, and one that is under way is asked
// to stop when a newer one arrives. All members are called from one thread (the UI's).
template <typename Request, typename Result>
class NewestWorker {
 public:
  // Nothing where it was stopped before its end; must not throw.
  using Work = std::function<std::optional<Result>(const Request&, const std::stop_token&)>;

  // `wake` is called from the worker when a new result is there; it must be safe to call from any
  // thread (glfwPostEmptyEvent is).
  NewestWorker(Work work, std::function<void()> wake)
      : work_(std::move(work)),
        wake_(std::move(wake)),
        thread_([this](const std::stop_token& quit) { run(quit); }) {}

  ~NewestWorker() {
    {
      const std::scoped_lock lock(mutex_);
      thread_.request_stop();
      current_.request_stop();
    }
    changed_.notify_all();
  }

  void submit(Request request) {
    {
      const std::scoped_lock lock(mutex_);
      pending_ = std::move(request);
      current_.request_stop();
    }
    changed_.notify_all();
  }

  // The newest finished one; null until the first is there.
  std::shared_ptr<const Result> result() const {
    const std::scoped_lock lock(mutex_);
    return result_;
  }

  bool busy() const {
    const std::scoped_lock lock(mutex_);
    return pending_.has_value() || working_;
  }

  // Blocks until everything submitted is done.
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !pending_.has_value() && !working_; });
  }

 private:
  void run(const std::stop_token& quit) {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, quit, [&] { return pending_.has_value(); });
      if (quit.stop_requested()) return;
      const Request request = *std::exchange(pending_, std::nullopt);
      current_ = std::stop_source();
      const std::stop_token stop = current_.get_token();
      working_ = true;
      lock.unlock();
      std::optional<Result> finished = work_(request, stop);
      lock.lock();
      working_ = false;
      if (finished.has_value()) {
        result_ = std::make_shared<const Result>(std::move(*finished));
        lock.unlock();
        wake_();
        lock.lock();
      }
      changed_.notify_all();
    }
  }

  Work work_;
  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<Request> pending_;
  std::stop_source current_;  // of the request that is under way
  bool working_ = false;
  std::shared_ptr<const Result> result_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace convscope
