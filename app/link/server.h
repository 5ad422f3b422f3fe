#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "app/link/listening_socket.h"
#include "app/link/mailbox.h"
#include "app/link/names.h"
#include "app/link/switchboard.h"

namespace convscope::link {

// Serves the clients of a window on a thread of its own. All members are called from one other
// thread, the window's, and return at once: nothing that a client does or leaves undone delays it.
class Server {
 public:
  // `wake` is called from the server's thread when take() has something to return. Throws Error
  // where the system has no thread or descriptor for it.
  Server(ListeningSocket socket, std::function<void()> wake, LinkOptions options = {});
  ~Server();

  // Returns what clients want to be shown, in the order in which they asked. Each waits for its
  // answer.
  std::vector<Asked> take() { return mailbox_.take_asked(); }
  void answer(Answer answer) { mailbox_.post(std::move(answer)); }
  // Says what the window shows now.
  void post(State state) { mailbox_.post(std::move(state)); }
  const std::string& name() const { return socket_.name(); }

 private:
  ListeningSocket socket_;
  Mailbox mailbox_;
  std::jthread thread_;  // last, because it uses all of the above
};

}  // namespace convscope::link
