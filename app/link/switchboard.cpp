#include "app/link/switchboard.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <new>
#include <utility>

#include "app/link/shown_arrays.h"
#include "engine/core/error.h"

namespace convscope::link {
namespace {

constexpr std::chrono::milliseconds kAcceptAgainAfter{500};
// How long a client waits for what is being computed, such as the learning of a new target.
constexpr std::chrono::seconds kPatience{10};

}  // namespace

Switchboard::Switchboard(int listening, Mailbox& mailbox, LinkOptions options)
    : listening_(listening), mailbox_(mailbox), options_(std::move(options)) {}

// The first two places are the bell's and the listening socket's, then come the clients in order.
// poll() passes over a descriptor of -1: that of a client which has gone while it is asked for.
void Switchboard::turn() {
  std::vector<pollfd> polled{{mailbox_.bell(), POLLIN, 0},
                             {accept_again_ ? -1 : listening_, POLLIN, 0}};
  std::vector<std::uint64_t> numbers;
  for (const auto& [number, client] : clients_) {
    const Connection& connection = client.connection;
    numbers.push_back(number);
    polled.push_back({connection.gone() ? -1 : connection.descriptor(), connection.events(), 0});
  }
  wait(polled);
  if (polled[0].revents != 0) take_news();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    Client& client = clients_.at(numbers[i]);
    serve(numbers[i], client, polled[i + 2].revents);
    client.connection.expire(options_.now());
    if (client.patience && options_.now() >= *client.patience) look_at_waiting(client);
  }
  std::erase_if(clients_, [](const auto& entry) { return entry.second.connection.ended(); });
  if (accept_again_ && options_.now() >= *accept_again_) accept_again_.reset();
  if (polled[1].revents != 0) accept_all();
}

void Switchboard::wait(std::vector<pollfd>& polled) const {
  const int ready = poll(polled.data(), polled.size(), milliseconds_left());
  if (ready < 0)  // a signal came, or there is no memory: nothing is known
    for (pollfd& one : polled)
      one.revents = 0;
}

// Returns the time until the first deadline; -1 without one.
int Switchboard::milliseconds_left() const {
  std::optional<Time> first = accept_again_;
  for (const auto& [number, client] : clients_) {
    for (const std::optional<Time>& time : {client.connection.deadline(), client.patience})
      if (time && (!first || *time < *first)) first = time;
  }
  if (!first) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*first - options_.now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max()));
}

void Switchboard::take_news() {
  Mailbox::News news = mailbox_.take_news();
  state_ = std::move(news.state);
  for (const Answer& answer : news.answers) {
    const auto found = clients_.find(answer.client);
    if (found != clients_.end()) found->second.connection.answer(answer.message, options_.now());
  }
  for (auto& [number, client] : clients_)
    look_at_waiting(client);
}

void Switchboard::serve(std::uint64_t number, Client& client, short events) {
  Connection& connection = client.connection;
  if (events == 0 || connection.ended()) return;
  if ((events & (POLLHUP | POLLERR)) != 0) {
    if (client.waiting)
      connection.end();
    else
      connection.hung_up();
  }
  if (connection.ended() || connection.asked()) return;
  if ((events & POLLOUT) != 0) return connection.write(options_.now());
  try {
    if (std::optional<Message> message =
            connection.read(options_.now(), options_.memory, request_bytes()))
      carry_out(number, client, *std::move(message));
  } catch (const std::bad_alloc&) {
    connection.fail("there is not enough memory for the message", options_.now());
  }
}

void Switchboard::carry_out(std::uint64_t number, Client& client, Message message) {
  Request request;
  try {
    request = request_of(std::move(message));
  } catch (const Error& error) {
    return client.connection.fail(error.what(), options_.now());
  }
  if (std::holds_alternative<Bye>(request)) return client.connection.end();
  if (auto* show = std::get_if<Show>(&request)) return mailbox_.ask({number, std::move(*show)});
  if (auto* get = std::get_if<Get>(&request)) client.waiting = std::move(*get);
  if (auto* wait = std::get_if<Wait>(&request)) client.waiting = *wait;
  look_at_waiting(client);
}

// Answers what waits for a state, if this is the one.
void Switchboard::look_at_waiting(Client& client) {
  if (!client.waiting || !state_.results || client.connection.ended()) return;
  Message answer;
  if (const Get* get = std::get_if<Get>(&*client.waiting)) {
    try {
      answer = values_message(state_, *get);
    } catch (const NotYet& error) {
      if (!client.patience) client.patience = options_.now() + kPatience;
      if (options_.now() < *client.patience) return;
      answer = error_message(error.what());
    } catch (const Error& error) {
      answer = error_message(error.what());
    }
  } else {
    if (std::get<Wait>(*client.waiting).state == state_.number) return;
    answer.header["kind"] = "state";
    answer.header["state"] = state_.number;
  }
  client.waiting.reset();
  client.patience.reset();
  client.connection.answer(answer, options_.now());
}

// Returns why this client is not served; empty if it is.
std::string Switchboard::refusal(int socket) const {
  ucred peer{};
  socklen_t size = sizeof(peer);
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != options_.user)
    return "the window belongs to another user";
  if (clients_.size() >= kMaxConnections)
    return "the window has " + std::to_string(kMaxConnections) +
           " connections already; close one of them";
  return "";
}

void Switchboard::accept_all() {
  while (true) {
    FileDescriptor socket(accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket) {
      // Where the system has no descriptor left, the client waits in the backlog.
      const bool waits = errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS;
      if (waits) accept_again_ = options_.now() + kAcceptAgainAfter;
      if (errno == EINTR || errno == ECONNABORTED) continue;
      return;
    }
    const std::string why = refusal(socket.get());
    Connection connection(std::move(socket));
    if (!why.empty())
      connection.fail(why, options_.now());
    else
      clients_.emplace(++last_number_, Client{std::move(connection), {}, {}});
  }
}

// Those of the client whose header is being read are not known yet.
Bytes Switchboard::request_bytes() const {
  Bytes bytes = 0;
  for (const auto& [number, client] : clients_)
    bytes += client.connection.request_bytes();
  return bytes;
}

}  // namespace convscope::link
