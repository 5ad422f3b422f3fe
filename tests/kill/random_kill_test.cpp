// Kills programs that save again and again, at random. By hand for longer:
//   CONVSCOPE_KILLS=1000 kill_tests --gtest_filter='*RandomKills*'
#include <gmock/gmock.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <random>

#include "engine/core/error.h"
#include "tests/kill/saved_kinds.h"
#include "tests/temp_folder.h"

namespace convscope::session {
namespace {

using testing::AnyOf;
using testing::SizeIs;

int kill_count() {
  const char* wanted = std::getenv("CONVSCOPE_KILLS");
  return wanted == nullptr ? 30 : std::atoi(wanted);
}

// A program that saves the two in turn until it is killed, and writes a byte before each.
class Saver {
 public:
  Saver(const std::string& kind, const std::string& path) {
    EXPECT_EQ(pipe(ends_.data()), 0);
    child_ = fork();
    EXPECT_GE(child_, 0);
    if (child_ != 0) {
      close(ends_[1]);
      return;
    }
    save_for_ever(kind, path);
  }
  ~Saver() {
    kill(child_, SIGKILL);
    int status = 0;
    waitpid(child_, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "it ended before it was killed";
    close(ends_[0]);
  }
  Saver(const Saver&) = delete;
  Saver& operator=(const Saver&) = delete;

  void wait_for(int saves) const {
    char byte = 0;
    for (int i = 0; i < saves; ++i)
      EXPECT_EQ(read(ends_[0], &byte, 1), 1);
  }

 private:
  [[noreturn]] void save_for_ever(const std::string& kind, const std::string& path) const {
    try {
      for (int i = 0; write(ends_[1], "x", 1) == 1; ++i)
        save_kind(kind, path, 1 + i % 2);
    } catch (const Error& error) {
      std::cerr << error.what() << "\n";
    }
    std::_Exit(1);
  }

  std::array<int, 2> ends_{};
  pid_t child_ = -1;
};

class RandomKills : public testing::TestWithParam<const char*> {};

// Two at once: they save to one name.
TEST_P(RandomKills, LeaveOneOfTheTwoWholeAndNothingPilesUp) {
  const TempFolder folder;
  const std::string path = folder / "s.json";
  save_kind(GetParam(), path, 1);
  std::mt19937 random(11);
  for (int i = 0; i < kill_count(); ++i) {
    {
      const Saver a(GetParam(), path);
      const Saver b(GetParam(), path);
      a.wait_for(1 + static_cast<int>(random() % 3));
      for (auto yields = random() % 500; yields > 0; --yields)
        sched_yield();
    }
    ASSERT_THAT(saved_kind(GetParam(), path), AnyOf(1, 2)) << "after kill " << i;
    ASSERT_THAT(folder.names(), SizeIs(testing::Le(12u))) << "after kill " << i;
  }
  save_kind(GetParam(), path, 2);
  EXPECT_EQ(folder.names(), names_of_kind(GetParam(), path, 2));
}

INSTANTIATE_TEST_SUITE_P(Save, RandomKills, testing::Values("scene", "array", "picture"),
                         [](const auto& kind) { return std::string(kind.param); });

}  // namespace
}  // namespace convscope::session
