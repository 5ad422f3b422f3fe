#include "app/session/picture_loader.h"

#include <condition_variable>
#include <mutex>
#include <new>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "app/scene/layer_presets.h"
#include "app/scene/picture.h"
#include "engine/error.h"

namespace convscope {

namespace {

// One picture, transposed where that is asked for; `size` is that of the result, 0 for its own.
Tensor read_one(const std::filesystem::path& path, bool color, bool transpose, Yx size) {
  Tensor picture = load_picture(path, color ? PictureColor::kRgb : PictureColor::kGrey);
  if (size.y > 0 && size.x > 0) {
    picture = scaled(picture, transpose ? Yx{size.x, size.y} : size);
  }
  return transpose ? transposed(picture) : picture;
}

// All of them after those of the stack, which may be empty.
Tensor read_stack(const OpenPicture& wanted) {
  Tensor stack = wanted.onto ? *wanted.onto : Tensor();
  bool color = wanted.color;
  Yx size = wanted.size;
  const auto follow = [&] {
    color = stack.shape().c == 3;
    size = {stack.shape().h, stack.shape().w};
  };
  if (!stack.empty()) follow();
  if (!stack.empty() && stack.shape().c != 1 && !color) {
    throw Error("the stack has " + std::to_string(stack.shape().c) +
                " channels, and pictures have 1 or 3");
  }
  std::vector<std::filesystem::path> paths = {wanted.path};
  paths.insert(paths.end(), wanted.more.begin(), wanted.more.end());
  const auto before = static_cast<std::size_t>(stack.empty() ? 0 : stack.shape().n);
  if (before + paths.size() > static_cast<std::size_t>(kMostPictures)) {
    throw Error("the stack would have " + std::to_string(before + paths.size()) +
                " pictures; at most " + std::to_string(kMostPictures) + " are accepted");
  }
  for (const std::filesystem::path& path : paths) {
    Tensor picture = read_one(path, color, wanted.transposed, size);
    stack = stack.empty() ? std::move(picture) : with_pictures(stack, picture);
    follow();
  }
  return stack;
}

// In the size of the learning's target.
LoadedPicture read_target(const std::filesystem::path& path, const Shape& target) {
  LoadedPicture loaded;
  loaded.is_target = true;
  const Tensor picture = read_one(path, target.c == 3, false, {target.h, target.w});
  loaded.input.tensor = std::make_shared<const Tensor>(with_planes(picture, target.n, target.c));
  loaded.input.name = path.filename().string();
  loaded.input.path = path.string();
  loaded.input.color = target.c == 3;
  return loaded;
}

}  // namespace

LoadedPicture read_picture(const OpenPicture& wanted) {
  LoadedPicture loaded;
  try {
    if (wanted.target) return read_target(wanted.path, *wanted.target);
    Tensor stack = read_stack(wanted);
    const Shape shape = stack.shape();
    loaded.input.tensor = std::make_shared<const Tensor>(std::move(stack));
    loaded.added = wanted.onto != nullptr;
    if (loaded.added || !wanted.more.empty()) {
      // A stack is kept by its values: it has no one file.
      loaded.input.name = std::to_string(shape.n) + " pictures";
      loaded.input.color = shape.c == 3;
      return loaded;
    }
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
