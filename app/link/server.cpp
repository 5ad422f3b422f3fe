#include "app/link/server.h"

#include <new>
#include <utility>

#include "engine/core/background_thread.h"

namespace convscope::link {

Server::Server(ListeningSocket socket, std::function<void()> wake, LinkOptions options)
    : socket_(std::move(socket)),
      mailbox_(std::move(wake)),
      thread_([this, options = std::move(options)](const std::stop_token& stop) {
        work_in_background();
        Switchboard board(socket_.descriptor(), mailbox_, options);
        while (!stop.stop_requested()) {
          try {
            board.turn();
          } catch (const std::bad_alloc&) {
            // What could not be done is done, or ends with its connection, in a later turn.
          }
        }
      }) {}

Server::~Server() {
  thread_.request_stop();
  mailbox_.ring();
}

}  // namespace convscope::link
