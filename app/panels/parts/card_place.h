#pragma once

#include <span>
#include <string_view>

#include "app/panels/names.h"
#include "app/panels/parts/context.h"
#include "app/panels/parts/rect.h"

// Cards in their places: what all of them have in common, whatever they show.
namespace convscope::panels {

const char* card_title(Card card);

// Call after a card was drawn at `rect`. Marks the selected card. A press on a card selects it, and
// a double click on its title enlarges it, or puts it back; the right button there saves a figure.
void finish_card(const PanelContext& context, Card card, const Rect& rect);

// The parts of a card in the order in which Tab goes through them; see ui::Focus::section.
enum class CardSection { kTabs, kCard, kInspector };
// Returns the section of a card's part. Cards follow each other as they stand, and the inspector's
// controls follow the card that they are of. The bar at the top comes before all of them.
int focus_section(Card card, CardSection part);

// Lets the keyboard reach the card as a whole: Enter enlarges it, or puts it back.
void begin_card_focus(const PanelContext& context, Card card, const Rect& rect);
// Call when the card is drawn: a card that the focus came to is selected.
void end_card_focus(const PanelContext& context, Card card);

// Cards that share a place, in front of which their tabs stand; without cards there are none.
struct SharedPlace {
  std::span<const Card> cards = {};
  const char* tabs = "";  // their name
};

// Draws an empty card in the place of one that would give away the answer of an open question. Its
// tabs stay, as the other cards that share its place can be looked at.
void draw_kept_back(const PanelContext& context, Card card, const Rect& rect,
                    const SharedPlace& shared);

// Draws an empty strip in the place of the explanation while a question is open; returns whether
// one is.
bool draw_kept_back_strip(const PanelContext& context, const Rect& rect);

// Draws a card where it has a place, which it may share with others.
template <typename Draw>
void draw_card(const PanelContext& context, Card card, const Rect& rect, Draw draw,
               const SharedPlace& shared = {}) {
  if (rect.w <= 0.0f) return;
  if (context.keeps_back(card)) return draw_kept_back(context, card, rect, shared);
  begin_card_focus(context, card, rect);
  draw(rect);
  finish_card(context, card, rect);
  end_card_focus(context, card);
}

// Returns whether a card is so low that its title and its plane take all of its height: it has no
// line of facts.
bool is_low(const ui::Theme& theme, const Rect& rect);
// Returns whether it is so low that its plane has no colour bar either.
bool is_very_low(const ui::Theme& theme, const Rect& rect);

// Draws the titles of cards that share a place as tabs, and selects the one that is chosen; nothing
// where `rect` is empty.
void draw_tabs(const PanelContext& context, const char* name, const Rect& rect,
               std::span<const Card> cards, Card front);

// What stands in the title of a card.
struct CardTitle {
  const char* name;  // of the card
  Card card;
  std::string_view title;
  std::string_view subtitle;
  float corner = 0.0f;  // pixels at the right of the title that are left free
};
// Begins a card. Where `shared` has cards, they share its place: their tabs stand instead of its
// title, with the subtitle behind them. Registers the card, and `tabs`. End it by ui::end_card.
void begin_card(const PanelContext& context, const Rect& rect, const CardTitle& title,
                std::span<const Card> shared, const char* tabs);

}  // namespace convscope::panels
