#pragma once

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace convscope::program {

namespace detail {

inline std::string utf8(unsigned c) {
  const auto byte = [](unsigned b) { return static_cast<char>(static_cast<unsigned char>(b)); };
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | c >> 6), byte(0x80 | (c & 0x3F))};
  return {byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 0x3F)), byte(0x80 | (c & 0x3F))};
}

}  // namespace detail

// Returns the words of the last frame, wherever they are drawn and by whom, in the order in which
// they were drawn: characters are found by their places in the font texture, and those beside each
// other are a word.
inline std::vector<std::string> drawn_words() {
  std::map<std::pair<float, float>, const ImFontGlyph*> glyphs;
  for (const ImFont* font : ImGui::GetIO().Fonts->Fonts)
    for (const ImFontGlyph& glyph : font->Glyphs)
      if (glyph.U1 > glyph.U0) glyphs[{glyph.U0, glyph.V0}] = &glyph;
  std::vector<std::string> words;
  const ImDrawData* data = ImGui::GetDrawData();
  for (int n = 0; n < data->CmdListsCount; ++n) {
    const ImVector<ImDrawVert>& v = data->CmdLists[n]->VtxBuffer;
    float pen = -1e9f, top = 0.0f;
    for (int i = 0; i + 3 < v.Size; ++i) {
      const auto found = glyphs.find({v[i].uv.x, v[i].uv.y});
      if (found == glyphs.end() || v[i + 2].uv.x != found->second->U1 ||
          v[i + 2].uv.y != found->second->V1)
        continue;
      const ImFontGlyph& glyph = *found->second;
      const float height = v[i + 2].pos.y - v[i].pos.y;
      const float scale = height / (glyph.Y1 - glyph.Y0);
      // Where the character begins with the space before it; slanted ones stand a little aside.
      const float begin = v[i].pos.x - glyph.X0 * scale;
      const bool beside = std::abs(begin - pen) < 1.0f + 0.15f * glyph.AdvanceX * scale &&
                          std::abs(v[i].pos.y - top) < 2.0f * height + 10.0f;
      if (!beside) words.emplace_back();
      words.back() += detail::utf8(static_cast<unsigned>(glyph.Codepoint));
      pen = begin + glyph.AdvanceX * scale;
      top = v[i].pos.y;
      i += 3;
    }
  }
  return words;
}

// Whether a word is drawn, alone or with punctuation behind it.
inline bool draws_word(const std::string& word) {
  return std::ranges::any_of(drawn_words(), [&](const std::string& drawn) {
    if (!drawn.starts_with(word)) return false;
    return drawn.find_first_not_of(".,;:)]", word.size()) == std::string::npos;
  });
}

// All words with a space between them, for a look at what a test sees.
inline std::string drawn_text() {
  std::string text;
  for (const std::string& word : drawn_words())
    text += word + " ";
  return text;
}

}  // namespace convscope::program
