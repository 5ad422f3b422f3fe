#include "app/session/picture_loader.h"

#include <condition_variable>
#include <mutex>
#include <new>
#include <stop_token>
#include <thread>
#include <utility>

#include "app/scene/picture.h"
#include "engine/error.h"

namespace convscope {

LoadedPicture read_picture(const OpenPicture& wanted) {
  LoadedPicture loaded;
  try {
    loaded.is_target = wanted.target.has_value();
    const bool color = loaded.is_target ? wanted.target->c == 3 : wanted.color;
    Tensor picture = load_picture(wanted.path, color ? PictureColor::kRgb : PictureColor::kGrey);
    if (loaded.is_target) {
      picture = scaled(picture, {wanted.target->h, wanted.target->w});
      picture = with_planes(picture, wanted.target->n, wanted.target->c);
    } else if (wanted.size.y > 0 && wanted.size.x > 0) {
      const Yx size = wanted.transposed ? Yx{wanted.size.x, wanted.size.y} : wanted.size;
      picture = scaled(picture, size);
    }
    if (wanted.transposed) picture = transposed(picture);
    loaded.input.tensor = std::make_shared<const Tensor>(std::move(picture));
    loaded.input.name = wanted.path.filename().string();
    loaded.input.path = wanted.path.string();
    loaded.input.color = wanted.color;
    loaded.input.scaled_to = wanted.size;
    loaded.input.transposed = wanted.transposed;
  } catch (const Error& error) {
    loaded.error = error.what();
  } catch (const std::bad_alloc&) {
    loaded.error = "\"" + wanted.path.string() + "\" needs more memory than there is";
  }
  return loaded;
}

class PictureLoader::Impl {
 public:
  explicit Impl(std::function<void()> wake)
      : wake_(std::move(wake)), worker_([this](const std::stop_token& quit) { work(quit); }) {}

  ~Impl() {
    {
      const std::scoped_lock lock(mutex_);
      worker_.request_stop();
    }
    changed_.notify_all();
  }

  void load(const OpenPicture& wanted) {
    {
      const std::scoped_lock lock(mutex_);
      pending_ = wanted;
      current_ = wanted.path.filename().string();
    }
    changed_.notify_all();
  }

  std::optional<LoadedPicture> take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(finished_, std::nullopt);
  }

  std::string loading() const {
    const std::scoped_lock lock(mutex_);
    return current_;
  }

  void cancel() {
    const std::scoped_lock lock(mutex_);
    pending_.reset();
    finished_.reset();
    current_.clear();
    cancelled_ = working_;
    changed_.notify_all();
  }

  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !pending_.has_value() && !working_; });
  }

 private:
  void work(const std::stop_token& quit) {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, quit, [&] { return pending_.has_value(); });
      if (quit.stop_requested()) return;
      const OpenPicture wanted = *std::exchange(pending_, std::nullopt);
      working_ = true;
      cancelled_ = false;
      lock.unlock();
      LoadedPicture loaded = read_picture(wanted);
      lock.lock();
      working_ = false;
      // A newer request, or a cancel, makes this one worthless.
      if (!pending_.has_value() && !cancelled_) {
        finished_ = std::move(loaded);
        current_.clear();
        lock.unlock();
        wake_();
        lock.lock();
      }
      changed_.notify_all();
    }
  }

  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<OpenPicture> pending_;
  std::optional<LoadedPicture> finished_;
  std::string current_;
  bool working_ = false;
  bool cancelled_ = false;
  std::jthread worker_;  // last: it uses all of the above
};

PictureLoader::PictureLoader(std::function<void()> wake)
    : impl_(std::make_unique<Impl>(std::move(wake))) {}
PictureLoader::~PictureLoader() = default;
void PictureLoader::load(const OpenPicture& wanted) {
  impl_->load(wanted);
}
std::optional<LoadedPicture> PictureLoader::take() {
  return impl_->take();
}
std::string PictureLoader::loading() const {
  return impl_->loading();
}
void PictureLoader::cancel() {
  impl_->cancel();
}
void PictureLoader::wait() {
  impl_->wait();
}

}  // namespace convscope
