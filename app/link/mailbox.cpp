#include "app/link/mailbox.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>

#include "app/files/system_reason.h"
#include "engine/core/error.h"

namespace convscope::link {

Mailbox::Mailbox(std::function<void()> wake)
    : wake_(std::move(wake)), bell_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!bell_) throw Error("the window can't listen: " + system_reason(errno));
}

std::vector<Asked> Mailbox::take_asked() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(asked_, {});
}

void Mailbox::post(Answer answer) {
  {
    const std::scoped_lock lock(mutex_);
    answers_.push_back(std::move(answer));
  }
  ring();
}

void Mailbox::post(State state) {
  {
    const std::scoped_lock lock(mutex_);
    std::swap(state_, state);
  }
  ring();
}

void Mailbox::ring() const {
  const std::uint64_t one = 1;
  // It fails only where the bell rings already.
  static_cast<void>(!::write(bell_.get(), &one, sizeof(one)));
}

void Mailbox::ask(Asked asked) {
  {
    const std::scoped_lock lock(mutex_);
    asked_.push_back(std::move(asked));
  }
  wake_();
}

Mailbox::News Mailbox::take_news() {
  std::uint64_t rings = 0;
  static_cast<void>(!::read(bell_.get(), &rings, sizeof(rings)));
  const std::scoped_lock lock(mutex_);
  return {std::exchange(answers_, {}), state_};
}

}  // namespace convscope::link
