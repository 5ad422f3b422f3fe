#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "app/files/file_descriptor.h"
#include "app/link/message.h"
#include "app/link/names.h"
#include "app/link/request.h"
#include "app/link/state.h"

namespace convscope::link {

// A "show" that the window is to carry out, and the number of the client that waits for the answer.
struct Asked {
  std::uint64_t client = 0;
  Show show;
};

// The answer to it.
struct Answer {
  std::uint64_t client = 0;
  Message message;
};

// What the thread of the sockets and that of the window leave for each other. Neither waits for the
// other: all members return at once.
class Mailbox {
 public:
  // `wake` is called from the sockets' thread when there is something for the window.
  explicit Mailbox(std::function<void()> wake);

  // What the window's thread calls.
  std::vector<Asked> take_asked();
  void post(Answer answer);
  void post(State state);
  // Ends the wait of the sockets' thread, also to let it end.
  void ring() const;

  // What the sockets' thread calls.
  void ask(Asked asked);
  struct News {
    std::vector<Answer> answers;
    State state;  // the newest
  };
  News take_news();
  // Can be read when there are news, until they are taken.
  int bell() const { return bell_.get(); }

 private:
  std::function<void()> wake_;
  FileDescriptor bell_;  // an eventfd
  std::mutex mutex_;
  std::vector<Asked> asked_;
  std::vector<Answer> answers_;
  State state_;
};

}  // namespace convscope::link
