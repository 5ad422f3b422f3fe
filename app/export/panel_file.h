#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/export/figure.h"
#include "app/export/figure_file.h"
#include "app/export/names.h"
#include "app/export/panel_figure.h"
#include "app/export/source.h"
#include "app/files/write_file.h"

namespace convscope::exports {

// The kinds of files of a panel: pictures, then data.
enum class FileKind { kPng, kSvg, kPdf, kCsv, kNpy, kTex, kMd, kNpz };

inline constexpr const char* kFileKinds = ".png, .svg, .pdf, .csv, .npy, .tex, .md or .npz";

// Returns the kind that a name's ending means; nullopt for another.
std::optional<FileKind> kind_of(const std::filesystem::path& path);
inline bool is_picture(FileKind kind) {
  return kind <= FileKind::kPdf;
}

// How a picture is made; data need none of it.
struct PictureOptions {
  FigureLook look;
  PixelSize size = {};
  std::string title = {};
};

// Writes a panel, or for kNpz all tensors of the source (all_tensors.h), into a file that the
// caller commits, and returns what it is, in a few words: "466x480 pixels". Throws Error where
// there is nothing to show, the picture would be too large, or the panel can't be written so.
std::string write_panel(PendingFile& file, FileKind kind, Panel panel, const Source& source,
                        const PictureOptions& options);

}  // namespace convscope::exports
