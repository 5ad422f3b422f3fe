#include "app/export/panel_file.h"

#include <algorithm>
#include <array>
#include <span>

#include "app/export/all_tensors.h"
#include "app/export/tensor_text.h"
#include "app/files/arrays/npy_write.h"
#include "engine/core/error.h"

namespace convscope::exports {
namespace {

std::string write_picture(PendingFile& file, FileKind kind, Panel panel, const Source& source,
                          const PictureOptions& options) {
  Figure figure = panel_figure(panel, source);
  figure.title = options.title;
  FigureLook look = options.look;
  look.dark = source.dark;
  if (kind == FileKind::kPng) {
    const Raster drawn = raster(figure, look, options.size);
    file.write(png_bytes(drawn.rgba, drawn.width, drawn.height));
    return std::to_string(drawn.width) + "x" + std::to_string(drawn.height) + " pixels";
  }
  file.write(kind == FileKind::kSvg ? svg(figure, look, options.size)
                                    : pdf(figure, look, options.size));
  return "vectors and text";
}

void write_text(PendingFile& file, const std::string& text) {
  file.write(std::as_bytes(std::span(text)));
}

std::string write_all(PendingFile& file, const Source& source) {
  const AllTensors all = all_tensors(source);
  write_npz(file, all.arrays);
  std::string names;
  for (const NamedArray& array : all.arrays)
    names += (names.empty() ? "" : ", ") + array.name;
  return names;
}

}  // namespace

std::optional<FileKind> kind_of(const std::filesystem::path& path) {
  constexpr std::array kEndings = {".png", ".svg", ".pdf", ".csv", ".npy", ".tex", ".md", ".npz"};
  const auto found = std::ranges::find(kEndings, path.extension().string());
  if (found == kEndings.end()) return std::nullopt;
  return static_cast<FileKind>(found - kEndings.begin());
}

std::string write_panel(PendingFile& file, FileKind kind, Panel panel, const Source& source,
                        const PictureOptions& options) {
  if (is_picture(kind)) return write_picture(file, kind, panel, source, options);
  if (kind == FileKind::kNpy) {
    const std::shared_ptr<const Tensor> tensor = panel_tensor(panel, source);
    write_npy(file, *tensor);
    return "float32 " + to_string(tensor->shape());
  }
  if (kind == FileKind::kNpz) return write_all(file, source);
  if (panel == Panel::kLoss) {
    if (kind != FileKind::kCsv)
      throw Error("the loss is no matrix; it is written as .png, .svg, .pdf or .csv");
    write_text(file, run_csv(source));
    return "the run, a line a step";
  }
  const Tensor plane = panel_plane(panel, source);
  write_text(file, kind == FileKind::kCsv   ? csv(plane)
                   : kind == FileKind::kTex ? latex(plane)
                                            : markdown(plane));
  return to_string(plane.shape());
}

}  // namespace convscope::exports
