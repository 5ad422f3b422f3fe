#pragma once

#include <poll.h>
#include <sys/types.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/files/memory_limit.h"
#include "app/link/connection.h"
#include "app/link/mailbox.h"
#include "app/link/names.h"
#include "app/link/request.h"
#include "app/link/state.h"

namespace convscope::link {

inline constexpr std::size_t kMaxConnections = 16;

struct LinkOptions {
  std::function<Time()> now = std::chrono::steady_clock::now;
  MemoryLimit memory = scene_memory_limit();  // for the arrays that all clients are sending
  uid_t user = geteuid();                     // whose programs may connect
};

// Serves all clients on one thread, and waits for none of them.
class Switchboard {
 public:
  // `listening` is a socket that listens and does not block. It and the mailbox must outlive this.
  Switchboard(int listening, Mailbox& mailbox, LinkOptions options);

  // Waits until something can be done, and does it.
  void turn();

 private:
  struct Client {
    Connection connection;
    // What waits for a state: a Wait, or a Get of what is not there yet.
    std::optional<std::variant<Get, Wait>> waiting;
    std::optional<Time> patience;  // until when the Get waits for what is being computed
  };
  void wait(std::vector<pollfd>& polled) const;
  int milliseconds_left() const;
  void take_news();
  void serve(std::uint64_t number, Client& client, short events);
  void carry_out(std::uint64_t number, Client& client, Message message);
  void look_at_waiting(Client& client);
  void accept_all();
  Bytes request_bytes() const;
  std::string refusal(int socket) const;

  int listening_;
  Mailbox& mailbox_;
  LinkOptions options_;
  std::map<std::uint64_t, Client> clients_;  // by their numbers
  std::uint64_t last_number_ = 0;
  std::optional<Time> accept_again_;  // when the system had no descriptor for another client
  State state_;
};

}  // namespace convscope::link
