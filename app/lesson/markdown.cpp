#include "app/lesson/markdown.h"

#include <cmark.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "app/files/near_name.h"
#include "app/lesson/lesson.h"
#include "app/lesson/line_error.h"
#include "app/lesson/text_runs.h"

namespace convscope::lesson {
namespace {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct FreeIterator {
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};

std::string_view text_of(const char* text) {
  return text == nullptr ? std::string_view() : std::string_view(text);
}

bool is_comment(std::string_view html) {
  const std::size_t first = html.find_first_not_of(" \n");
  return first != std::string_view::npos && html.substr(first).starts_with("<!--");
}

Error html_error(int line, std::string_view html) {
  const std::size_t first = std::min(html.find_first_not_of(" \n"), html.size());
  const std::string_view shown = html.substr(first, html.find('\n', first) - first);
  return LineError(line, "there is HTML, " + in_quotes(shown) +
                             ", which a lesson can't show; Markdown's own marks are read, and "
                             "comments are passed over");
}

// Collects the runs of one block. Pieces of one style are joined before they are split at braces,
// since Markdown cuts a text at every mark.
class RunList {
 public:
  void add(std::string_view text, const RunStyle& style, int line) {
    if (style != style_ || text_.empty()) {
      finish();
      style_ = style;
      first_ = line;
      last_ = line;
    }
    for (; last_ < line; ++last_)
      lines_.push_back(text_.size());
    text_ += text;
  }

  std::vector<TextRun> take() {
    finish();
    return std::exchange(runs_, {});
  }

 private:
  void finish() {
    if (text_.empty()) return;
    if (style_.code) {
      runs_.push_back({with_written_braces(text_), style_, {}, first_});
    } else {
      for (TextRun& run : split_runs(text_, style_, first_, lines_))
        runs_.push_back(std::move(run));
    }
    text_.clear();
    lines_.clear();
  }

  std::vector<TextRun> runs_;
  std::string text_;
  std::vector<std::size_t> lines_;  // where a new line begins in text_
  RunStyle style_;
  int first_ = 0, last_ = 0;
};

// Walks over the tree, from each node to the next, so that no nesting overflows the stack.
class Reader {
 public:
  std::vector<MarkdownItem> read(cmark_node* root);

 private:
  void enter(cmark_node* node);
  void leave(cmark_node* node);
  void enter_inline(cmark_node* node, cmark_node_type type);
  void enter_container(cmark_node* node, cmark_node_type type);
  void add_code(cmark_node* node);
  void add_heading(cmark_node* node);
  void add(MarkdownItem item);
  // Returns a block at this place, which takes the marker of the item it begins.
  TextBlock block(TextBlockKind kind, int line);
  int line_of(cmark_node* node);

  struct List {
    bool ordered = false;
    int number = 1;
  };

  std::vector<MarkdownItem> items_;
  std::vector<List> lists_;
  int quotes_ = 0;
  int strong_ = 0, emphasis_ = 0;
  std::string link_;
  std::string marker_;
  RunList runs_;
  int line_ = 1;  // of the last node that knew its own
};

int Reader::line_of(cmark_node* node) {
  const int line = cmark_node_get_start_line(node);
  if (line > 0) line_ = line;
  return line_;
}

TextBlock Reader::block(TextBlockKind kind, int line) {
  TextBlock block;
  block.kind = kind;
  block.indent = static_cast<int>(lists_.size()) + quotes_;
  block.quoted = quotes_ > 0;
  block.marker = std::exchange(marker_, {});
  block.line = line;
  return block;
}

void Reader::add(MarkdownItem item) {
  if (items_.size() == kMaxLessonBlocks)
    throw LineError(item.line, "there are more than " + std::to_string(kMaxLessonBlocks) +
                                   " blocks; a lesson may have so many");
  items_.push_back(std::move(item));
}

// A fence whose name is nearly one that the program understands is a mistake.
void Reader::add_code(cmark_node* node) {
  static constexpr std::array<std::string_view, 3> kFences = {"scene", "show", "predict"};
  const int line = line_of(node);
  const std::string_view info = text_of(cmark_node_get_fence_info(node));
  const std::string name(info.substr(0, info.find(' ')));
  std::string text = with_written_braces(text_of(cmark_node_get_literal(node)));
  const std::vector<std::string> known(kFences.begin(), kFences.end());
  if (std::ranges::find(known, name) != known.end()) {
    if (!lists_.empty() || quotes_ > 0)
      throw LineError(
          line, "the block " + name + " stands in a list or a quote; it must begin at the margin");
    add({MarkdownKind::kFence, {}, std::move(text), name, line + 1});
    return;
  }
  if (!nearest_name(name, known).empty())
    throw LineError(line, "there is no block " + in_quotes(name) + name_help(name, known));
  TextBlock code = block(TextBlockKind::kCode, line);
  code.fence = name;
  if (!text.empty() && text.back() == '\n') text.pop_back();
  RunStyle style;
  style.code = true;
  code.runs.push_back({std::move(text), style, {}, line});
  add({MarkdownKind::kText, std::move(code), {}, {}, line});
}

void Reader::add_heading(cmark_node* node) {
  const int line = line_of(node);
  const int level = cmark_node_get_heading_level(node);
  std::vector<TextRun> runs = runs_.take();
  const bool inner = !lists_.empty() || quotes_ > 0;
  if (level > 2 || inner) {
    TextBlock heading = block(TextBlockKind::kHeading, line);
    heading.level = std::max(3, level);
    heading.runs = std::move(runs);
    add({MarkdownKind::kText, std::move(heading), {}, {}, line});
    return;
  }
  std::string title;
  for (const TextRun& run : runs) {
    if (run.live)
      throw LineError(run.line, "the heading has live text, {" + run.text +
                                    "}; live text stands in paragraphs and lists");
    title += run.text;
  }
  add({level == 1 ? MarkdownKind::kTitle : MarkdownKind::kStep, {}, std::move(title), {}, line});
}

void Reader::enter_container(cmark_node* node, cmark_node_type type) {
  if (type == CMARK_NODE_LIST) {
    lists_.push_back(
        {cmark_node_get_list_type(node) == CMARK_ORDERED_LIST, cmark_node_get_list_start(node)});
  } else if (type == CMARK_NODE_BLOCK_QUOTE) {
    ++quotes_;
  } else if (type == CMARK_NODE_ITEM) {
    List& list = lists_.back();
    marker_ = list.ordered ? std::to_string(list.number++) + "." : "•";
  }
  if (static_cast<int>(lists_.size()) + quotes_ > kMaxLessonNesting)
    throw LineError(line_of(node), "lists and quotes are nested deeper than " +
                                       std::to_string(kMaxLessonNesting) +
                                       "; at most so deep is accepted");
}

void Reader::enter_inline(cmark_node* node, cmark_node_type type) {
  RunStyle style;
  style.strong = strong_ > 0;
  style.emphasis = emphasis_ > 0;
  style.link = link_;
  const int line = line_of(node);
  switch (type) {
    case CMARK_NODE_TEXT:
      return runs_.add(text_of(cmark_node_get_literal(node)), style, line);
    case CMARK_NODE_SOFTBREAK:
      return runs_.add(" ", style, line);
    case CMARK_NODE_LINEBREAK:
      return runs_.add("\n", style, line);
    case CMARK_NODE_CODE:
      style.code = true;
      return runs_.add(text_of(cmark_node_get_literal(node)), style, line);
    case CMARK_NODE_HTML_INLINE:
      if (!is_comment(text_of(cmark_node_get_literal(node))))
        throw html_error(line, text_of(cmark_node_get_literal(node)));
      return;
    case CMARK_NODE_EMPH:
      ++emphasis_;
      return;
    case CMARK_NODE_STRONG:
      ++strong_;
      return;
    case CMARK_NODE_LINK:
      link_ = text_of(cmark_node_get_url(node));
      return;
    case CMARK_NODE_IMAGE:
      throw LineError(line, "there is a picture, " + in_quotes(text_of(cmark_node_get_url(node))) +
                                ", which a lesson's text can't show; a scene's input can be one");
    default:
      return;
  }
}

void Reader::enter(cmark_node* node) {
  const cmark_node_type type = cmark_node_get_type(node);
  switch (type) {
    case CMARK_NODE_LIST:
    case CMARK_NODE_ITEM:
    case CMARK_NODE_BLOCK_QUOTE:
      return enter_container(node, type);
    case CMARK_NODE_CODE_BLOCK:
      return add_code(node);
    case CMARK_NODE_HTML_BLOCK:
      if (!is_comment(text_of(cmark_node_get_literal(node))))
        throw html_error(line_of(node), text_of(cmark_node_get_literal(node)));
      return;
    case CMARK_NODE_THEMATIC_BREAK: {
      const int line = line_of(node);
      return add({MarkdownKind::kText, block(TextBlockKind::kRule, line), {}, {}, line});
    }
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
      line_of(node);
      return;
    default:
      return enter_inline(node, type);
  }
}

void Reader::leave(cmark_node* node) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_LIST:
      lists_.pop_back();
      return;
    case CMARK_NODE_ITEM:
      marker_.clear();
      return;
    case CMARK_NODE_BLOCK_QUOTE:
      --quotes_;
      return;
    case CMARK_NODE_EMPH:
      --emphasis_;
      return;
    case CMARK_NODE_STRONG:
      --strong_;
      return;
    case CMARK_NODE_LINK:
      link_.clear();
      return;
    case CMARK_NODE_HEADING:
      return add_heading(node);
    case CMARK_NODE_PARAGRAPH: {
      const int line = cmark_node_get_start_line(node);
      TextBlock paragraph = block(TextBlockKind::kParagraph, line);
      paragraph.runs = runs_.take();
      if (paragraph.runs.empty()) return;  // a comment alone
      return add({MarkdownKind::kText, std::move(paragraph), {}, {}, line});
    }
    default:
      return;
  }
}

std::vector<MarkdownItem> Reader::read(cmark_node* root) {
  const std::unique_ptr<cmark_iter, FreeIterator> iterator(cmark_iter_new(root));
  for (;;) {
    const cmark_event_type event = cmark_iter_next(iterator.get());
    if (event == CMARK_EVENT_DONE) break;
    cmark_node* const node = cmark_iter_get_node(iterator.get());
    if (event == CMARK_EVENT_ENTER)
      enter(node);
    else
      leave(node);
  }
  return std::move(items_);
}

}  // namespace

std::vector<MarkdownItem> read_markdown(std::string_view text) {
  const std::string marked = with_marked_braces(text);
  const std::unique_ptr<cmark_node, FreeNode> root(
      cmark_parse_document(marked.data(), marked.size(), CMARK_OPT_VALIDATE_UTF8));
  return Reader().read(root.get());
}

std::vector<TextRun> read_paragraph(std::string_view text, int line) {
  // Empty lines before it give its runs, and what is said of mistakes in them, their lines.
  const std::string lines(static_cast<std::size_t>(std::max(0, line - 1)), '\n');
  std::vector<MarkdownItem> items = read_markdown(lines + std::string(text));
  const auto plain = [](const MarkdownItem& item) {
    return item.kind == MarkdownKind::kText && item.block.kind == TextBlockKind::kParagraph &&
           item.block.indent == 0;
  };
  if (items.size() == 1 && plain(items.front())) return std::move(items.front().block.runs);
  return split_runs(with_marked_braces(text), {}, line);
}

}  // namespace convscope::lesson
