#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace convscope {

// Writes a whole file or nothing: into a temporary file beside it, which then takes its name.
// Throws Error with the path and the system's reason.
void write_file(const std::filesystem::path& path, std::span<const std::byte> content);

// An 8-bit RGBA picture, rows from the top, as PNG. Throws Error as write_file does.
void write_png(const std::filesystem::path& path, std::span<const std::uint8_t> rgba, int width,
               int height);

}  // namespace convscope
