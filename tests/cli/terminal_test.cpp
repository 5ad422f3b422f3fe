// The program and the streams that it was started with: what is written into them, and how much.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <filesystem>

#include "app/cli/names.h"
#include "app/files/arrays/npy.h"
#include "app/files/arrays/npy_write.h"
#include "app/files/printable_text.h"
#include "tests/cli/process.h"
#include "tests/sanitizers.h"

namespace convscope::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// The program's arguments, with what a shell may do around it: "ulimit -v 1000; @ info x >y".
Ended run_line(const TempFolder& folder, std::string line) {
  const TempFolder streams;
  const std::string program =
      "env -u DISPLAY -u WAYLAND_DISPLAY ASAN_OPTIONS=detect_leaks=0 " + quoted(CONVSCOPE_PROGRAM);
  line.replace(line.find('@'), 1, program);
  line = "cd " + quoted(folder.path().string()) + " && exec 2>" + quoted(streams / "err") + " && " +
         line;
  put_text(streams / "out", "");
  const std::size_t out = line.find("STDOUT");
  if (out != std::string::npos) line.replace(out, 6, quoted(streams / "out"));
  const int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, file_text(streams / "out"),
          file_text(streams / "err")};
}

class Terminal : public testing::Test {
 protected:
  void SetUp() override {
    write_npy(folder_ / "x.npy", Tensor(Shape{1, 1, 6, 8}, 1.0f));
    write_npy(folder_ / "w.npy", Tensor(Shape{1, 1, 1, 2}, 1.0f));
    put_text(folder_ / "s.json", R"({"format": "convscope-scene", "version": 1})");
  }

  TempFolder folder_;
};

constexpr const char* kConv2d = "@ conv2d --input x.npy --weight w.npy --output y.npy";

TEST_F(Terminal, AFullOutputIsTold) {
  const std::vector<std::string> before = folder_.names();
  for (const char* call :
       {"@ --help", "@ --version", "@ conv2d --help", "@ info x.npy", "@ info s.json", kConv2d,
        "@ pool2d --kind max --input x.npy --kernel 2 --output y.npy",
        "@ pool2d-grad --kind max --input x.npy --grad-output x.npy --kernel 1 --grad-input y.npy",
        "@ conv2d-grad --input x.npy --weight w.npy --grad-output x.npy --padding same "
        "--grad-bias y.npy",
        "@ learn --input x.npy --target x.npy --kernel 1 --lr 0.001 --steps 2 --output y.npy",
        "@ render edge --output y.png", "@ animate first-sum --output y.gif"}) {
    const Ended ended = run_line(folder_, std::string(call) + " >/dev/full");
    EXPECT_EQ(ended.exit_code, 1) << call;
    EXPECT_EQ(ended.error,
              "convscope: standard output can't be written: No space left on device.\n")
        << call;
    EXPECT_EQ(folder_.names(), before) << call;
  }
}

// "timeout" sends the signal twice, to the program and to its group; in about half of the runs the
// second meets another thread while the first is removing the file.
TEST_F(Terminal, AnInterruptedAnimationLeavesNothing) {
  put_text(folder_ / "large.json",
           R"({"format": "convscope-scene", "version": 1,
               "input": {"values": {"random": [1, 1, 44, 45], "seed": 1}}})");
  const std::vector<std::string> before = folder_.names();
  for (int run = 0; run < 6; ++run) {
    const Ended ended =
        run_line(folder_,
                 "timeout -s INT 0.3 @ animate large.json --cell-size 6 --steps 1000 "
                 "--output y.gif");
    EXPECT_EQ(ended.exit_code, 124) << ended.error;
    EXPECT_EQ(folder_.names(), before);
  }
}

TEST_F(Terminal, AClosedOutputIsToldAndGetsIntoNoFile) {
  const std::vector<std::string> before = folder_.names();
  for (const char* call : {"@ --help", "@ info x.npy", kConv2d}) {
    const Ended ended = run_line(folder_, std::string(call) + " >&-");
    EXPECT_EQ(ended.exit_code, 1) << call;
    EXPECT_EQ(ended.error, "convscope: standard output can't be written: Bad file descriptor.\n")
        << call;
  }
  EXPECT_EQ(folder_.names(), before);
  run_line(folder_, std::string(kConv2d) + " >STDOUT <&- 2>&-");
  EXPECT_EQ(read_npy(folder_ / "y.npy").tensor, Tensor(Shape{1, 1, 6, 7}, 2.0f));
}

// Every line is as printable() leaves it.
void expect_printable(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    EXPECT_EQ(line, printable(line));
}

TEST_F(Terminal, NoControlCharacterOfAFileComesThrough) {
  const std::string evil =
      "\x1b]0;title\x07\xc2\x9b"
      "31m\x9b"
      "2J\xe2\x80\xae.npy";
  write_npy(folder_ / evil, Tensor(Shape{1, 1, 6, 8}, 1.0f));
  put_text(folder_ / "key.json", R"({"format": "convscope-scene", "version": 1, ")" +
                                     std::string("\x7f\xc2\x9b"
                                                 "31m\xe2\x80\xae") +
                                     R"(": 1, "\u001b[31m": 2})");
  put_text(folder_ / "bytes.json", R"({"format": "\u001b[2J)" + std::string("\xff\x9b\x1b"));
  put_text(folder_ / "dtype.npy",
           std::string("\x93NUMPY\x01\x00\x46\x00", 10) +
               "{'descr': '\x1b[31m\xc2\x9b', 'fortran_order': False, 'shape': (1,), }" +
               std::string(20, ' ') + "\n1234");
  for (const std::string& name :
       {evil, "none-" + evil, std::string("a\nb.npy"), std::string("key.json"),
        std::string("bytes.json"), std::string("dtype.npy")}) {
    const Ended ended = run_line(folder_, "@ info " + quoted(name) + " >STDOUT");
    expect_printable(ended.out);
    expect_printable(ended.error);
    EXPECT_LE(std::ranges::count(ended.error, '\n'), 1) << ended.error;
  }
  const Ended written =
      run_line(folder_, "@ conv2d --input " + quoted(evil) + " --weight w.npy --output " +
                            quoted("y" + evil) + " >STDOUT");
  EXPECT_EQ(written.exit_code, 0) << written.error;
  EXPECT_THAT(written.out, HasSubstr("y\\x1b]0;title\\x07\\u009b31m\\x9b2J\\u202e.npy: float32"));
  expect_printable(written.out);
}

TEST_F(Terminal, AnOutputToAStreamDoesNotReplaceWhatItIsAppendedTo) {
  put_text(folder_ / "log", "kept\n");
  for (const char* name : {"/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}) {
    const Ended ended = run_line(
        folder_, "@ conv2d --input x.npy --weight w.npy --output " + std::string(name) + " >>log");
    EXPECT_EQ(ended.exit_code, 1) << name;
    EXPECT_THAT(ended.error, HasSubstr("it is a stream or a device, and outputs go to files"));
    EXPECT_EQ(file_text(folder_ / "log"), "kept\n") << name;
  }
  const Ended dash = run_line(folder_, "@ conv2d --input x.npy --weight w.npy --output - >STDOUT");
  EXPECT_EQ(dash.exit_code, 1);
  EXPECT_THAT(dash.error, HasSubstr("outputs don't go to standard output"));
  const Ended shot = run_line(folder_, "@ --screenshot /dev/stdout >>log");
  EXPECT_EQ(shot.exit_code, 1);
  EXPECT_EQ(file_text(folder_ / "log"), "kept\n");
}

TEST_F(Terminal, ASecondOutputWhoseNameIsTooLongLeavesNotTheFirst) {
  const std::vector<std::string> before = folder_.names();
  const Ended ended = run_line(folder_,
                               "@ pool2d --kind max --input x.npy --kernel 2 --output y.npy "
                               "--indices " +
                                   std::string(256, 'n') + " >STDOUT");
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.error, testing::EndsWith("can't be written: File name too long.\n"));
  EXPECT_EQ(ended.out, "");
  EXPECT_EQ(folder_.names(), before);
}

TEST_F(Terminal, TwoNamesOfOneFileAreNotTwoOutputs) {
  put_text(folder_ / "y.npy", "old");
  std::filesystem::create_symlink("y.npy", folder_ / "link.npy");
  const Ended ended = run_line(folder_,
                               "@ pool2d --kind max --input x.npy --kernel 2 --output y.npy "
                               "--indices link.npy");
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_EQ(ended.error,
            "convscope: \"link.npy\" is named for two outputs; each needs a file of its own.\n");
  EXPECT_EQ(file_text(folder_ / "y.npy"), "old");
}

// That it ends is the test: the steps would take days.
TEST_F(Terminal, AnOutputThatCanNotBeWrittenIsToldBeforeTheFirstStep) {
  const std::vector<std::string> before = folder_.names();
  for (const char* output : {"none/w.npy", "y.npy --bias --output-bias none/w.npy"}) {
    const Ended ended = run_line(folder_,
                                 "@ learn --input x.npy --target x.npy --kernel 1 --lr 0.001 "
                                 "--steps 1000000000 --output " +
                                     std::string(output));
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(ended.error,
              "convscope: \"none/w.npy\" can't be written: No such file or directory.\n");
  }
  EXPECT_EQ(folder_.names(), before);
}

TEST_F(Terminal, AnOutputThatMayNotGrowIsTold) {
  const std::vector<std::string> before = folder_.names();
  const Ended ended = run_line(folder_, "ulimit -f 1; " + std::string(kConv2d) + " --padding 50");
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_EQ(ended.error, "convscope: \"y.npy\" can't be written: File too large.\n");
  EXPECT_EQ(folder_.names(), before);
}

// It was told as a question, and one to which the answer may be yes.
TEST_F(Terminal, WhyAFileCanNotBeReadIsTold) {
  for (const char* ending : {".npy", ".png", ".json"}) {
    const std::string name = "loop" + std::string(ending);
    std::filesystem::create_symlink(name, folder_ / name);
    const Ended ended = run_line(folder_, "@ info " + name);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.error, AllOf(HasSubstr("\"" + name + "\" can't be read"),
                                   testing::EndsWith(": Too many levels of symbolic links.\n")));
  }
}

#if !CONVSCOPE_ADDRESS_SANITIZER  // which takes more addresses than there is memory

constexpr const char* kBomb =
    R"({"format": "convscope-scene", "version": 1,
        "input": {"pattern": "noise", "size": [1024, 1024]},
        "conv": {"transposed": true, "stride": [64, 64]}})";

std::string bomb_of_layers() {
  std::string scene = R"({"format": "convscope-scene", "version": 1, "chain": [)";
  for (int i = 0; i < 64; ++i)
    scene += std::string(i == 0 ? "" : ", ") + R"({"conv": {"padding": [512, 512, 512, 512]}})";
  return scene + "]}";
}

TEST_F(Terminal, ASceneOf131BytesIsToldRatherThanTaken) {
  put_text(folder_ / "bomb.json", kBomb);
  put_text(folder_ / "layers.json", bomb_of_layers());
  for (const char* name : {"bomb.json", "layers.json"}) {
    const Ended ended =
        run_line(folder_, "ulimit -v 2000000; @ info " + std::string(name) + " >STDOUT");
    EXPECT_EQ(ended.exit_code, 0) << ended.error;
    EXPECT_THAT(ended.out,
                AllOf(HasSubstr(" output: none, layer "),
                      HasSubstr("; results may take 256 MB altogether, an eighth of the memory "
                                "that the program is limited to\n")));
  }
  const Ended shot = run_line(folder_, "@ bomb.json --screenshot bomb.png >STDOUT");
  EXPECT_EQ(shot.exit_code, 0) << shot.error;
  EXPECT_THAT(shot.out, AllOf(HasSubstr("Output:  none, layer 1's output would have the shape"),
                              HasSubstr("There is nothing to learn here: ")));
  rusage used{};
  ASSERT_EQ(getrusage(RUSAGE_CHILDREN, &used), 0);
  EXPECT_LT(used.ru_maxrss, 700'000);  // kB, of the largest
}

// A whole picture, of which nothing may be said but that there is no memory for it.
TEST_F(Terminal, APictureForWhichThereIsNoMemoryIsNotCalledDamaged) {
  put_text(folder_ / "large.gif", std::string("GIF89a\0\x20\0\x20\x80\0\0\0\0\0\xff\xff\xff,"
                                              "\0\0\0\0\1\0\1\0\0\2\2D\1\0;",
                                              35));
  const Ended ended = run_line(folder_, "ulimit -v 200000; @ info large.gif");
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_EQ(ended.error,
            "convscope: \"large.gif\" can't be decoded: it takes more than the memory that the "
            "program is limited to.\n");
}

TEST_F(Terminal, ACommandThatWouldTakeTooMuchIsTold) {
  const Ended ended =
      run_line(folder_,
               "ulimit -v 2000000; @ conv2d --input x.npy --weight w.npy --output y.npy "
               "--transposed --stride 10000 >STDOUT");
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_EQ(ended.error,
            "convscope: the output would have the shape [1, 1, 50001, 70002] and take 14 GB; "
            "results may take 1.02 GB altogether, half of the memory that the program is limited "
            "to.\n");
}

#endif

}  // namespace
}  // namespace convscope::cli
