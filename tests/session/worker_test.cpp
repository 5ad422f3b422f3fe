#include "app/session/worker.h"

#include <gmock/gmock.h>

#include <atomic>
#include <semaphore>
#include <vector>

namespace convscope::session {
namespace {

using testing::ElementsAre;
using testing::Optional;
using Numbers = Worker<int, int>;

constexpr std::chrono::hours kLong{10};

std::vector<int> take_all(Numbers& worker) {
  std::vector<int> results;
  while (const std::optional<int> result = worker.take())
    results.push_back(*result);
  return results;
}

// Work that says when it begins and goes on when it may.
struct Gate {
  std::binary_semaphore begun{0};
  std::counting_semaphore<16> may_end{0};
  std::optional<int> operator()(int request, const std::stop_token&) {
    begun.release();
    may_end.acquire();
    return request;
  }
  Numbers::Work work() {
    return [this](int request, const std::stop_token& stop) { return (*this)(request, stop); };
  }
};

TEST(Worker, TheNewestStopsTheOneUnderWayAndReplacesTheOneThatWaits) {
  Gate gate;
  Numbers worker(gate.work(), [] {});
  worker.submit(1);
  gate.begun.acquire();
  worker.submit(2);
  worker.submit(3);
  EXPECT_TRUE(worker.busy());
  gate.may_end.release(2);
  worker.wait();
  EXPECT_FALSE(worker.busy());
  EXPECT_THAT(take_all(worker), ElementsAre(3));
}

TEST(Worker, WithPatienceTheOneUnderWayGivesItsResult) {
  Gate gate;
  Numbers worker(gate.work(), [] {}, {.patience = kLong});
  worker.submit(1);
  gate.begun.acquire();
  worker.submit(2);
  worker.submit(3);
  gate.may_end.release();
  gate.begun.acquire();  // of the next
  EXPECT_THAT(take_all(worker), ElementsAre(1));
  gate.may_end.release();
  worker.wait();
  EXPECT_THAT(take_all(worker), ElementsAre(3));
}

TEST(Worker, PatienceWithTheOneUnderWayEnds) {
  std::atomic<bool> begun = false;
  Worker<int, int> worker(
      [&](const int& request, const std::stop_token& stop) {
        begun = true;
        while (request == 1 && !stop.stop_requested())
          std::this_thread::yield();
        return request == 1 ? std::nullopt : std::optional<int>(request);
      },
      [] {}, {.patience = std::chrono::milliseconds(20)});
  worker.submit(1);
  while (!begun)
    std::this_thread::yield();
  worker.submit(2);
  std::optional<int> result;
  while (!result)
    result = worker.take();
  EXPECT_EQ(result, 2);
}

TEST(Worker, InOrderEveryRequestIsCarriedOutAtTheEndToo) {
  std::vector<int> done;
  {
    Gate gate;
    Numbers worker(
        [&](int request, const std::stop_token& stop) {
          gate(request, stop);
          done.push_back(request);
          return std::optional(request);
        },
        [] {}, {.order = WorkOrder::kAll});
    for (int i = 1; i <= 4; ++i)
      worker.submit(i);
    gate.begun.acquire();
    gate.may_end.release(4);
  }
  EXPECT_THAT(done, ElementsAre(1, 2, 3, 4));
}

TEST(Worker, WhatIsCancelledNeverComes) {
  Gate gate;
  Numbers worker(gate.work(), [] {});
  worker.submit(1);
  gate.begun.acquire();
  worker.cancel();
  gate.may_end.release();
  worker.wait();
  EXPECT_THAT(take_all(worker), ElementsAre());
  gate.may_end.release();
  worker.submit(2);
  worker.wait();
  EXPECT_THAT(worker.take(), Optional(2));
}

TEST(Worker, EndingStopsTheOneUnderWay) {
  std::binary_semaphore begun(0);
  std::atomic<bool> stopped = false;
  {
    Numbers worker(
        [&](int, const std::stop_token& stop) -> std::optional<int> {
          begun.release();
          while (!stop.stop_requested())
            std::this_thread::yield();
          stopped = true;
          return std::nullopt;
        },
        [] {});
    worker.submit(1);
    begun.acquire();
  }
  EXPECT_TRUE(stopped);
}

TEST(Worker, QuietWorkIsDoneOnceAfterTheLastRequest) {
  int quiet = 0;
  Numbers worker(
      [](int request, const std::stop_token&) { return std::optional(request); }, [] {},
      {.when_quiet = [&](const std::stop_token&) { return std::optional(100 + ++quiet); },
       .quiet = kLong});
  worker.wait();
  EXPECT_THAT(take_all(worker), ElementsAre()) << "nothing was asked for";
  worker.submit(1);
  worker.wait();  // which doesn't wait ten hours
  worker.wait();
  EXPECT_THAT(take_all(worker), ElementsAre(101));
  worker.submit(2);
  worker.wait();
  EXPECT_THAT(take_all(worker), ElementsAre(102));
}

TEST(Worker, QuietComesByItself) {
  std::binary_semaphore woken(0);
  Numbers worker([](int, const std::stop_token&) { return std::optional<int>(); },
                 [&] { woken.release(); },
                 {.when_quiet = [](const std::stop_token&) { return std::optional(7); },
                  .quiet = std::chrono::milliseconds(1)});
  worker.submit(1);
  woken.acquire();
  EXPECT_THAT(worker.take(), Optional(7));
}

}  // namespace
}  // namespace convscope::session
