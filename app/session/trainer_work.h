#pragma once

#include <mutex>
#include <stop_token>

#include "app/session/names.h"
#include "app/session/trainer_state.h"

namespace convscope::session {

// What the worker of a trainer does. It holds the state's lock, and gives it up while it computes.
class TrainerWork {
 public:
  // `state` must outlive it.
  explicit TrainerWork(TrainerState& state) : state_(state), lock_(state.mutex, std::defer_lock) {}

  // Does what is asked for, and waits for more, until it is to quit.
  void go_on(const std::stop_token& quit);

 private:
  void take_turn(const std::stop_token& quit);
  void do_job();
  void give_up();
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
