#include "app/files/memory_limit.h"

#include <gmock/gmock.h>

#include "app/files/memory_sum.h"
#include "tests/temp_folder.h"

namespace convscope::files {
namespace {

// A file of the system, in a folder that stands for its root.
void put_system(const TempFolder& root, const std::string& path, const std::string& text) {
  const std::filesystem::path file = root.path() / path;
  std::filesystem::create_directories(file.parent_path());
  put_text(file, text);
}

TEST(MemoryLimit, IsTheMachinesWithoutAControlGroup) {
  const TempFolder root;
  const MemoryLimit limit = program_memory(root.path());
  EXPECT_GT(limit.bytes, 1e6);
  EXPECT_EQ(limit.origin, "this machine's memory");
}

TEST(MemoryLimit, IsThatOfTheControlGroupOrOfOneThatItIsIn) {
  const TempFolder root;
  put_system(root, "proc/self/cgroup", "0::/user/session\n");
  put_system(root, "sys/fs/cgroup/user/session/memory.max", "max\n");
  EXPECT_EQ(program_memory(root.path()).origin, "this machine's memory");
  put_system(root, "sys/fs/cgroup/user/memory.max", "300000\n");
  EXPECT_EQ(program_memory(root.path()),
            (MemoryLimit{300000, "the memory of the program's control group"}));
  put_system(root, "sys/fs/cgroup/user/session/memory.max", "200000\n");
  EXPECT_EQ(program_memory(root.path()).bytes, 200000);
}

TEST(MemoryLimit, IsThatOfTheFirstVersionOfControlGroupsToo) {
  const TempFolder root;
  put_system(root, "proc/self/cgroup", "5:cpu:/\n4:hugetlb,memory:/box\n0::/\n");
  put_system(root, "sys/fs/cgroup/memory/box/memory.limit_in_bytes", "400000\n");
  EXPECT_EQ(program_memory(root.path()).bytes, 400000);
  // Without a bound it is the largest number of pages.
  put_system(root, "sys/fs/cgroup/memory/box/memory.limit_in_bytes", "9223372036854771712\n");
  EXPECT_EQ(program_memory(root.path()).origin, "this machine's memory");
}

TEST(MemoryLimit, SharesOfItAreNamed) {
  EXPECT_THAT(scene_memory_limit().origin, testing::StartsWith("an eighth of "));
  EXPECT_DOUBLE_EQ(scene_memory_limit().bytes * 4, command_memory_limit().bytes);
  EXPECT_DOUBLE_EQ(learning_memory_limit().bytes * 2, command_memory_limit().bytes);
}

TEST(MemoryLimit, BytesAreWrittenWithThreeDigits) {
  EXPECT_EQ(bytes_text(0), "0 bytes");
  EXPECT_EQ(bytes_text(999), "999 bytes");
  EXPECT_EQ(bytes_text(1000), "1 kB");
  EXPECT_EQ(bytes_text(1536), "1.54 kB");
  EXPECT_EQ(bytes_text(999'999), "1 MB");
  EXPECT_EQ(bytes_text(17.146e9), "17.1 GB");
  EXPECT_EQ(bytes_text(100e6), "100 MB");
  EXPECT_EQ(bytes_text(3e30), "3000000000000 EB");
}

TEST(MemorySum, NamesWhatIsTooMuchAndTheLimit) {
  MemorySum sum({1000, "half of this machine's memory"});
  EXPECT_EQ(sum.add("a", 600), "");
  EXPECT_EQ(sum.add("the output would have the shape [1, 1, 10, 15]", 600),
            "the output would have the shape [1, 1, 10, 15] and take 600 bytes, 1.2 kB with what "
            "is there before it; results may take 1 kB altogether, half of this machine's memory");
  EXPECT_EQ(sum.add("b would be read", 5000),
            "b would be read and take 5 kB; results may take 1 kB altogether, half of this "
            "machine's memory");
  EXPECT_EQ(MemorySum({}).add("c", 1e300), "");
}

}  // namespace
}  // namespace convscope::files
