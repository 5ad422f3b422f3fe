#include "app/session/file_loader.h"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

#include "app/files/cancelled.h"
#include "app/files/scene_address.h"
#include "app/files/scene_file.h"
#include "app/scene/layer_presets.h"
#include "app/scene/option_limits.h"
#include "app/scene/shared_tensor.h"
#include "engine/core/error.h"
#include "engine/core/number_text.h"

namespace convscope::session {

namespace {

// Returns the existing stack with room for `count` more pictures, or, if there is none, a new one
// with pictures as large as `first`.
Tensor stack_for(const OpenPicture& wanted, const Tensor& first, Index count) {
  const bool onto = wanted.onto != nullptr;
  Shape shape = onto ? wanted.onto->shape() : first.shape();
  const Index before = onto ? shape.n : 0;
  shape.n = before + count;
  if (shape.numel() > kMaxInputValues) {
    throw Error("the stack would have " + count_text(shape.n) + " pictures of " +
                count_text(shape.numel() / shape.n) + " values each; at most " +
                count_text(kMaxInputValues) + " values in all are accepted");
  }
  Tensor stack;
  stack.resize(shape);
  if (onto) std::ranges::copy(wanted.onto->values(), stack.values().begin());
  return stack;
}

struct Stack {
  Tensor pictures;
  bool over_white = false;  // whether one of the added pictures was partly transparent
};

// Reads all pictures and appends them to the stack. Returns nullopt if stopped.
std::optional<Stack> read_stack(const OpenPicture& wanted, const std::stop_token& stop) {
  bool color = wanted.color;
  Yx size = wanted.size;
  Index before = 0;
  if (wanted.onto) {
    const Shape& s = wanted.onto->shape();
    if (s.c != 1 && s.c != 3) {
      throw Error("the stack has " + std::to_string(s.c) + " channels, and pictures have 1 or 3");
    }
    color = s.c == 3;
    size = {s.h, s.w};
    before = s.n;
  }
  const Index count = 1 + std::ssize(wanted.more);
  if (before + count > kMaxPictures) {
    throw Error("the stack would have " + std::to_string(before + count) + " pictures; at most " +
                std::to_string(kMaxPictures) + " are accepted");
  }
  Stack stack;
  for (Index i = 0; i < count; ++i) {
    if (stop.stop_requested()) return std::nullopt;
    const auto& path = i == 0 ? wanted.path : wanted.more[static_cast<std::size_t>(i - 1)];
    const PictureInput picture = picture_input(path, color, size, wanted.transposed, stop);
    const Tensor& values = *picture.input.tensor;
    if (i == 0) stack.pictures = stack_for(wanted, values, count);
    const Shape& s = stack.pictures.shape();
    size = {s.h, s.w};
    stack.over_white = stack.over_white || picture.over_white;
    std::ranges::copy(values.values(), stack.pictures.row(before + i, 0, 0));
  }
  return stack;
}

using WantedFile = std::variant<OpenPicture, OpenScene, OpenNumbers>;

std::filesystem::path path_of(const WantedFile& file) {
  if (const auto* numbers = std::get_if<OpenNumbers>(&file)) return numbers->array.file;
  if (const auto* picture = std::get_if<OpenPicture>(&file)) return picture->path;
  return std::get<OpenScene>(file).path;
}

// Returns the name that is shown while the file is read; never empty.
std::string name_of(const WantedFile& file) {
  const auto* scene = std::get_if<OpenScene>(&file);
  if (scene != nullptr && !scene->address.empty()) return "the address";
  return path_of(file).filename().string();
}

std::optional<Scene> read_scene(const OpenScene& wanted, const std::stop_token& stop) {
  if (wanted.address.empty()) return load_scene(wanted.path, stop);
  return read_address(wanted.address);
}

}  // namespace

std::optional<PictureInput> read_picture(const OpenPicture& wanted, const std::stop_token& stop) {
  try {
    if (!wanted.onto && wanted.more.empty())
      return picture_input(wanted.path, wanted.color, wanted.size, wanted.transposed, stop);
    std::optional<Stack> stack = read_stack(wanted, stop);
    if (!stack) return std::nullopt;
    // A stack is saved by its values, because it has no single file.
    InputScene input;
    input.tensor = shared_tensor(std::move(stack->pictures));
    input.name = std::to_string(input.tensor->shape().n) + " pictures";
    input.color = input.tensor->shape().c == 3;
    input.meaning = InputMeaning::kPhotograph;
    return PictureInput{std::move(input), stack->over_white};
  } catch (const Cancelled&) {
    return std::nullopt;
  }
}

InputScene read_picture(const OpenPicture& wanted) {
  return read_picture(wanted, std::stop_token())->input;
}

TargetPicture read_target(const OpenPicture& wanted, const std::stop_token& stop) {
  const Shape& shape = *wanted.target;
  const PictureInput picture =
      picture_input(wanted.path, shape.c == 3, {shape.h, shape.w}, wanted.transposed, stop);
  return {shared_tensor(with_planes(*picture.input.tensor, shape.n, shape.c)), picture.input.name,
          picture.over_white};
}

std::optional<FileLoader::Finished> FileLoader::read(const Request& request,
                                                     const std::stop_token& stop) {
  LoadedFile loaded;
  loaded.path = path_of(request.file);
  try {
    const auto* picture = std::get_if<OpenPicture>(&request.file);
    if (const auto* numbers = std::get_if<OpenNumbers>(&request.file)) {
      std::visit([&](auto&& read) { loaded.content = std::forward<decltype(read)>(read); },
                 read_numbers(*numbers, stop));
    } else if (picture == nullptr) {
      const auto& scene = std::get<OpenScene>(request.file);
      std::optional<Scene> read = read_scene(scene, stop);
      if (!read) return std::nullopt;
      loaded.address = scene.address;
      loaded.content = std::move(*read);
      loaded.beside = scene.beside;
    } else if (picture->target) {
      TargetPicture target = read_target(*picture, stop);
      loaded.over_white = target.over_white;
      loaded.content = std::move(target);
    } else {
      std::optional<PictureInput> read = read_picture(*picture, stop);
      if (!read) return std::nullopt;
      loaded.over_white = read->over_white;
      loaded.content = std::move(read->input);
      loaded.added = picture->onto != nullptr;
    }
  } catch (const Cancelled&) {
    return std::nullopt;
  } catch (const Error& error) {
    loaded.error = error.what();
  } catch (const std::bad_alloc&) {
    loaded.error = "\"" + path_of(request.file).string() + "\" needs more memory than there is";
  }
  return Finished{std::move(loaded), request};
}

FileLoader::FileLoader(std::function<void()> wake) : worker_(read, std::move(wake)) {}

void FileLoader::load(const OpenPicture& wanted) {
  if (!wanted.continues) ++gesture_;
  const bool waits = wanted.onto != nullptr || wanted.target.has_value();
  if (waits && !loading().empty()) {
    waiting_.push_back({wanted, gesture_});
    return;
  }
  waiting_.clear();
  submit({wanted, gesture_});
}

void FileLoader::load(const OpenScene& wanted) {
  waiting_.clear();
  submit({wanted, ++gesture_});
}

void FileLoader::load(const OpenNumbers& wanted) {
  waiting_.clear();
  submit({wanted, ++gesture_});
}

void FileLoader::submit(Request request) {
  name_ = name_of(request.file);
  request.number = ++number_;
  worker_.submit(std::move(request));
}

std::optional<LoadedFile> FileLoader::take(const TensorPtr& stack) {
  // Starts a request for the current stack.
  const auto begin = [&](Request request) {
    auto* picture = std::get_if<OpenPicture>(&request.file);
    if (picture != nullptr && picture->onto) picture->onto = stack;
    submit(std::move(request));
  };
  if (name_.empty() && !waiting_.empty()) {
    begin(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  std::optional<Finished> finished = worker_.take();
  if (!finished) return std::nullopt;
  LoadedFile& loaded = finished->file;
  if (loaded.added && std::get<OpenPicture>(finished->request.file).onto != stack) {
    begin(std::move(finished->request));
    return std::nullopt;
  }
  if (finished->request.number == number_) name_.clear();  // otherwise a newer request is under way
  loaded.continues = finished->request.gesture == taken_;
  if (loaded.error.empty()) taken_ = finished->request.gesture;
  return std::move(loaded);
}

std::string FileLoader::loading() const {
  if (name_.empty() && !waiting_.empty()) return name_of(waiting_.front().file);
  return name_;
}

void FileLoader::cancel() {
  worker_.cancel();
  waiting_.clear();
  name_.clear();
}

}  // namespace convscope::session
