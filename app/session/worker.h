#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <new>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include "app/session/names.h"
#include "engine/core/background_thread.h"

namespace convscope::session {

// The order in which a Worker carries out its requests.
enum class WorkOrder {
  // A new request replaces the waiting one and stops the one under way, whose result is dropped. A
  // new result replaces one that was not taken. The destructor drops everything.
  kNewestWins,
  // Requests are carried out one after the other. The destructor carries out those that remain.
  kAll,
};

// Carries out requests on a thread of its own, which has a lower priority than the one that draws.
// All members are called from one other thread.
template <typename Request, typename Result>
class Worker {
 public:
  // The work returns nullopt if it was stopped, or if memory does not even suffice to report that
  // it is missing.
  using Work = std::function<std::optional<Result>(const Request&, const std::stop_token&)>;
  using QuietWork = std::function<std::optional<Result>(const std::stop_token&)>;
  using Time = std::chrono::milliseconds;

  struct Options {
    WorkOrder order = WorkOrder::kNewestWins;
    // A request is not stopped by a newer one until it has run for this time, so that requests that
    // come faster than they are carried out still give results.
    Time patience{0};
    // Work that is done once when no request has come for `quiet` after the last one was carried
    // out.
    QuietWork when_quiet = {};
    Time quiet{0};
  };

  // `wake` is called from the worker thread when there is a result.
  Worker(Work work, std::function<void()> wake, Options options = {})
      : work_(std::move(work)),
        wake_(std::move(wake)),
        options_(std::move(options)),
        thread_([this](const std::stop_token& quit) { run(quit); }) {}

  ~Worker() {
    {
      const std::scoped_lock lock(mutex_);
      thread_.request_stop();
      if (options_.order == WorkOrder::kNewestWins) under_way_.stop.request_stop();
    }
    changed_.notify_all();
  }

  // Requests work.
  void submit(Request request) {
    {
      const std::scoped_lock lock(mutex_);
      if (options_.order == WorkOrder::kNewestWins) {
        requests_.clear();
        if (Clock::now() - under_way_.begun >= options_.patience) under_way_.stop.request_stop();
      }
      requests_.push_back(std::move(request));
    }
    changed_.notify_all();
  }

  // Drops waiting requests, the one under way and finished results.
  void cancel() {
    const std::scoped_lock lock(mutex_);
    requests_.clear();
    results_.clear();
    under_way_.stop.request_stop();
    changed_.notify_all();
  }

  // Returns the oldest result that was not taken yet; nullopt if there is none. Also stops the
  // request under way if a newer one waits and its patience is over, so call it regularly.
  std::optional<Result> take() {
    const std::scoped_lock lock(mutex_);
    const bool outdated = options_.order == WorkOrder::kNewestWins && !requests_.empty();
    if (outdated && Clock::now() - under_way_.begun >= options_.patience)
      under_way_.stop.request_stop();
    if (results_.empty()) return std::nullopt;
    std::optional<Result> result = std::move(results_.front());
    results_.pop_front();
    return result;
  }

  // Returns whether a request is under way or waits.
  bool busy() const {
    const std::scoped_lock lock(mutex_);
    return under_way_.working || !requests_.empty();
  }

  // Blocks until everything is done. Work that waits for quiet is done at once.
  void wait() {
    std::unique_lock lock(mutex_);
    hurry_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return requests_.empty() && !under_way_.working && !quiet_due_; });
    hurry_ = false;
  }

 private:
  using Clock = std::chrono::steady_clock;
  // The request that the thread is carrying out, or has last carried out.
  struct UnderWay {
    bool working = false;
    Clock::time_point begun;
    std::stop_source stop;
  };

  void run(const std::stop_token& quit) {
    work_in_background();
    std::unique_lock lock(mutex_);
    while (true) {
      const auto requested = [&] { return !requests_.empty(); };
      if (quiet_due_) {
        changed_.wait_for(lock, quit, options_.quiet, [&] { return requested() || hurry_; });
      } else {
        changed_.wait(lock, quit, requested);
      }
      const bool done = requests_.empty() || options_.order == WorkOrder::kNewestWins;
      if (quit.stop_requested() && done) return;
      if (requested()) {
        const Request request = std::move(requests_.front());
        requests_.pop_front();
        quiet_due_ = options_.when_quiet != nullptr;
        carry_out(lock, [&](const std::stop_token& stop) { return work_(request, stop); });
      } else if (std::exchange(quiet_due_, false)) {
        carry_out(lock, options_.when_quiet);
      }
    }
  }

  template <typename Function>
  void carry_out(std::unique_lock<std::mutex>& lock, const Function& function) {
    under_way_.begun = Clock::now();
    under_way_.working = true;
    bool finished = false;
    try {
      under_way_.stop = std::stop_source();
      const std::stop_token stop = under_way_.stop.get_token();
      lock.unlock();
      std::optional<Result> result = function(stop);
      lock.lock();
      finished = result.has_value() && !stop.stop_requested();
      if (finished && options_.order == WorkOrder::kNewestWins) results_.clear();
      if (finished) results_.push_back(std::move(*result));
    } catch (const std::bad_alloc&) {
      // No result, as if it had been stopped. Work that can report the lack of memory does so
      // itself.
      finished = false;
      if (!lock.owns_lock()) lock.lock();
    }
    under_way_.working = false;
    if (finished) {
      lock.unlock();
      wake_();
      lock.lock();
    }
    changed_.notify_all();
  }

  Work work_;
  std::function<void()> wake_;
  Options options_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Request> requests_;
  std::deque<Result> results_;
  UnderWay under_way_;
  bool quiet_due_ = false;
  bool hurry_ = false;
  std::jthread thread_;  // last, because it uses all of the above
};

}  // namespace convscope::session
