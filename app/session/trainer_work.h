#pragma once

#include <mutex>
#include <stop_token>

#include "app/session/names.h"
#include "app/session/trainer_state.h"

namespace convscope::session {

// The jobs of a trainer's worker. It holds the mutex of the state except while it computes.
class TrainerWork {
 public:
  // `state` must outlive this object.
  explicit TrainerWork(TrainerState& state) : state_(state), lock_(state.mutex, std::defer_lock) {}

  // Does jobs and waits for more, until `quit` is requested.
  void run(const std::stop_token& quit);

 private:
  void take_turn(const std::stop_token& quit);
  void do_job();
  void drop_run();
  void begin_run();
  void take_up(CurrentRun fresh);
  template <typename Change>
  void change_run(Change&& change);
  void compare();
  void take_analysis();
  void replay();
  void take_steps();
  void advance_companions();
  void check_gradient();
  void fill_distances();
  void publish();

  TrainerState& state_;
  std::unique_lock<std::mutex> lock_;
};

}  // namespace convscope::session
