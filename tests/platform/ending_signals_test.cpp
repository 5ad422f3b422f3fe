// Signals that ask the window to end. Each test is a process of its own.
#include "app/platform/ending_signals.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "app/files/doomed_file.h"
#include "tests/temp_folder.h"

namespace convscope::platform {
namespace {

using testing::ExitedWithCode;
using testing::KilledBySignal;

class EndingSignal : public testing::TestWithParam<int> {};

TEST_P(EndingSignal, TheFirstIsAWishThatWakesTheWindow) {
  const auto wish = [] {
    std::atomic<int> woken = 0;
    const EndingSignals signals([&] {
      woken = 1;
      woken.notify_all();
    });
    if (signals.received() != 0) std::_Exit(1);
    std::raise(GetParam());
    woken.wait(0);
    std::_Exit(signals.received() == GetParam() ? 0 : 2);
  };
  EXPECT_EXIT(wish(), ExitedWithCode(0), "");
}

constexpr std::chrono::nanoseconds kNone{0};

TEST_P(EndingSignal, ASecondEndsTheProgramAtOnce) {
  const auto twice = [] {
    const EndingSignals signals([] {}, kNone);
    std::raise(GetParam());
    std::raise(GetParam());
    std::_Exit(3);
  };
  EXPECT_EXIT(twice(), KilledBySignal(GetParam()), "");
}

TEST_P(EndingSignal, ASecondLeavesNoHalfFile) {
  const TempFolder folder;
  put_text(folder / "x.part", "half");
  const auto twice = [&] {
    remove_doomed_files_on_signals();
    const EndingSignals signals([] {}, kNone);
    const DoomedFile doomed(folder / "x.part");
    std::raise(GetParam());
    if (!std::filesystem::exists(folder / "x.part")) std::_Exit(3);
    std::raise(GetParam());
  };
  EXPECT_EXIT(twice(), KilledBySignal(GetParam()), "");
  EXPECT_TRUE(folder.names().empty());
}

TEST_P(EndingSignal, ASecondThatFollowsAtOnceIsTheSameWish) {
  const auto twice = [] {
    const EndingSignals signals([] {}, std::chrono::hours(1));
    std::raise(GetParam());
    std::raise(GetParam());
    std::raise(GetParam() == SIGHUP ? SIGTERM : SIGHUP);
    std::_Exit(signals.received() == GetParam() ? 0 : 2);
  };
  EXPECT_EXIT(twice(), ExitedWithCode(0), "");
}

TEST_P(EndingSignal, WhatWasIgnoredStaysIgnored) {
  const auto ignored = [] {
    std::signal(GetParam(), SIG_IGN);
    const EndingSignals signals([] {});
    std::raise(GetParam());
    std::raise(GetParam());
    std::_Exit(signals.received());
  };
  EXPECT_EXIT(ignored(), ExitedWithCode(0), "");
}

TEST_P(EndingSignal, AfterwardsItEndsTheProgramAsEver) {
  const auto after = [] {
    for (int i = 0; i < 3; ++i) {
      const EndingSignals signals([] {});
      std::raise(GetParam());
      if (signals.received() != GetParam()) std::_Exit(2);
    }
    std::raise(GetParam());
    std::_Exit(3);
  };
  EXPECT_EXIT(after(), KilledBySignal(GetParam()), "");
}

INSTANTIATE_TEST_SUITE_P(Each, EndingSignal, testing::Values(SIGINT, SIGTERM, SIGHUP));

}  // namespace
}  // namespace convscope::platform
