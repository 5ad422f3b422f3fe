#include "app/session/file_loader.h"

#include <new>
#include <utility>
#include <vector>

#include "app/scene/layer_presets.h"
#include "app/scene/picture_input.h"
#include "app/scene/scene_file.h"
#include "engine/error.h"

namespace convscope {

namespace {

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
    const InputScene picture = picture_input(path, color, size, wanted.transposed);
    stack = stack.empty() ? *picture.tensor : with_pictures(stack, *picture.tensor);
    follow();
  }
  return stack;
}

}  // namespace

InputScene read_picture(const OpenPicture& wanted) {
  if (!wanted.onto && wanted.more.empty())
    return picture_input(wanted.path, wanted.color, wanted.size, wanted.transposed);
  // A stack is kept by its values: it has no one file.
  InputScene input;
  input.tensor = std::make_shared<const Tensor>(read_stack(wanted));
  input.name = std::to_string(input.tensor->shape().n) + " pictures";
  input.color = input.tensor->shape().c == 3;
  return input;
}

TargetPicture read_target(const OpenPicture& wanted) {
  const Shape& shape = *wanted.target;
  const InputScene picture =
      picture_input(wanted.path, shape.c == 3, {shape.h, shape.w}, wanted.transposed);
  return {std::make_shared<const Tensor>(with_planes(*picture.tensor, shape.n, shape.c)),
          picture.name};
}

FileLoader::Finished FileLoader::read(const Request& request) {
  LoadedFile loaded;
  try {
    const auto* picture = std::get_if<OpenPicture>(&request.file);
    if (picture == nullptr) {
      loaded.content = load_scene(std::get<OpenScene>(request.file).path);
    } else if (picture->target) {
      loaded.content = read_target(*picture);
    } else {
      loaded.content = read_picture(*picture);
      loaded.added = picture->onto != nullptr;
    }
  } catch (const Error& error) {
    loaded.error = error.what();
  } catch (const std::bad_alloc&) {
    const auto path = std::visit([](const auto& file) { return file.path; }, request.file);
    loaded.error = "\"" + path.string() + "\" needs more memory than there is";
  }
  return {std::move(loaded), request.gesture};
}

FileLoader::FileLoader(std::function<void()> wake)
    : worker_([](const Request& request, const std::stop_token&) { return read(request); },
              std::move(wake)) {}

void FileLoader::load(const OpenPicture& wanted) {
  if (!wanted.continues) ++gesture_;
  submit({wanted, gesture_}, wanted.path);
}

void FileLoader::load(const OpenScene& wanted) {
  submit({wanted, ++gesture_}, wanted.path);
}

void FileLoader::submit(Request request, const std::filesystem::path& path) {
  name_ = path.filename().string();
  worker_.submit(std::move(request));
}

std::optional<LoadedFile> FileLoader::take() {
  std::optional<Finished> finished = worker_.take();
  if (!finished) return std::nullopt;
  LoadedFile& loaded = finished->file;
  loaded.continues = finished->gesture == taken_;
  if (loaded.error.empty()) taken_ = finished->gesture;
  return std::move(loaded);
}

std::string FileLoader::loading() const {
  return worker_.busy() ? name_ : "";
}

}  // namespace convscope
