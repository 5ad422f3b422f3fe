#include "app/export/figure_saver.h"

#include <new>
#include <utility>

#include "engine/core/error.h"

namespace convscope::exports {
namespace {

std::optional<SavedFigure> write(const FigureRequest& wanted, const std::stop_token&) {
  SavedFigure saved{wanted.path, ""};
  try {
    const std::optional<FileKind> kind = kind_of(wanted.path);
    if (!kind)
      throw Error("\"" + wanted.path.string() + "\" is no name of a figure; it must end in " +
                  kFileKinds);
    PendingFile file(wanted.path);
    write_panel(file, *kind, wanted.panel, wanted.source, wanted.options);
    file.commit();
  } catch (const Error& error) {
    saved.error = error.what();
  } catch (const std::bad_alloc&) {
    saved.error = "\"" + wanted.path.string() + "\" can't be written: there is not enough memory";
  }
  return saved;
}

}  // namespace

FigureSaver::FigureSaver(std::function<void()> wake)
    : worker_(write, std::move(wake), {.order = WorkOrder::kAll}) {}

}  // namespace convscope::exports
