#include "app/export/svg_canvas.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <vector>

#include "app/files/write_file.h"

namespace convscope::exports {
namespace {

// Writes a length with at most three decimals, independently of the locale.
std::string length(double value) {
  const double rounded = std::round(value * 1000.0) / 1000.0;
  std::array<char, 32> buffer;
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), rounded == 0.0 ? 0.0 : rounded);
  return error == std::errc() ? std::string(buffer.data(), end) : "0";
}

std::string attribute(const char* name, double value) {
  return " " + std::string(name) + "=\"" + length(value) + "\"";
}

std::string hex(Color color) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = "#";
  for (const int shift : {0, 8, 16}) {
    text += kDigits[color >> (shift + 4) & 0xF];
    text += kDigits[color >> shift & 0xF];
  }
  return text;
}

// Writes a paint with its opacity: ` fill="#ff0000"`.
std::string paint(const char* kind, Color color) {
  std::string text = " " + std::string(kind) + "=\"" + hex(color) + "\"";
  if (color >> 24 != 0xFF)
    text += attribute((std::string(kind) + "-opacity").c_str(),
                      static_cast<double>(color >> 24) / 255.0);
  return text;
}

std::string box_attributes(const Box& box) {
  return attribute("x", box.x) + attribute("y", box.y) + attribute("width", box.width) +
         attribute("height", box.height);
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      result += c;
    }
  }
  return result;
}

std::string points_attribute(std::span<const Point> points) {
  std::string text = " points=\"";
  for (std::size_t i = 0; i < points.size(); ++i)
    text += (i == 0 ? "" : " ") + length(points[i].x) + "," + length(points[i].y);
  return text + "\"";
}

std::string base64(std::span<const std::byte> bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (i + k < bytes.size() ? static_cast<std::uint32_t>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      text += i + k <= bytes.size() ? kDigits[group >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

}  // namespace

SvgCanvas::SvgCanvas(double width, double height) : width_(width), height_(height) {}

void SvgCanvas::fill(const Box& box, Color color) {
  body_ += "<rect" + box_attributes(box) + paint("fill", color) + "/>\n";
}

void SvgCanvas::ramp(const Box& box, std::span<const Color> colors) {
  const std::string id = "ramp" + std::to_string(++ramps_);
  body_ += "<linearGradient id=\"" + id + "\">";
  for (std::size_t i = 0; i < colors.size(); ++i)
    body_ += "<stop" +
             attribute("offset", static_cast<double>(i) / static_cast<double>(colors.size() - 1)) +
             " stop-color=\"" + hex(colors[i]) + "\"/>";
  body_ += "</linearGradient>\n<rect" + box_attributes(box) + " fill=\"url(#" + id + ")\"/>\n";
}

void SvgCanvas::pixels(const Box& box, Index rows, Index columns, std::span<const Color> cells) {
  std::vector<std::uint8_t> rgba;
  rgba.reserve(cells.size() * 4);
  for (const Color cell : cells) {
    for (const int shift : {0, 8, 16, 24})
      rgba.push_back(static_cast<std::uint8_t>(cell >> shift & 0xFF));
  }
  const std::vector<std::byte> png =
      png_bytes(rgba, static_cast<int>(columns), static_cast<int>(rows));
  body_ += "<image" + box_attributes(box) +
           " preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\""
           " href=\"data:image/png;base64," +
           base64(png) + "\"/>\n";
}

void SvgCanvas::polygon(std::span<const Point> corners, Color color) {
  body_ += "<polygon" + points_attribute(corners) + paint("fill", color) + "/>\n";
}

void SvgCanvas::line(std::span<const Point> points, const LineLook& look) {
  if (points.size() < 2) return;
  body_ += "<polyline" + points_attribute(points) + " fill=\"none\"" + paint("stroke", look.color) +
           attribute("stroke-width", look.width) + " stroke-linejoin=\"round\"" +
           (look.dashed ? " stroke-dasharray=\"6 4\"" : "") + "/>\n";
}

void SvgCanvas::outline(const Box& box, double radius, const LineLook& look) {
  body_ += "<rect" + box_attributes(box) + attribute("rx", radius) + " fill=\"none\"" +
           paint("stroke", look.color) + attribute("stroke-width", look.width) + "/>\n";
}

void SvgCanvas::text(const Point& at, std::string_view text, const TextStyle& style) {
  constexpr std::array kAnchors = {"start", "middle", "end"};
  body_ += "<text" + attribute("x", at.x) + attribute("y", at.y) +
           attribute("font-size", style.size) + paint("fill", style.color) + " text-anchor=\"" +
           kAnchors[static_cast<std::size_t>(style.align)] + "\"" +
           (style.weight == Weight::kSemibold ? " font-weight=\"600\"" : "") + ">" + escaped(text) +
           "</text>\n";
}

std::string SvgCanvas::document(std::string_view title) const {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"" +
         attribute("width", width_) + attribute("height", height_) + " viewBox=\"0 0 " +
         length(width_) + " " + length(height_) +
         "\" font-family=\"Inter, 'DejaVu Sans', 'Liberation Sans', Arial, sans-serif\""
         " style=\"font-variant-numeric:tabular-nums\">\n<title>" +
         escaped(title) + "</title>\n" + body_ + "</svg>\n";
}

}  // namespace convscope::exports
