#pragma once

#include <cstdint>

#include "app/program/lesson/lectern.h"
#include "app/program/names.h"
#include "app/program/view/lesson_look.h"

// What is kept back while a question is open, so that nothing gives its answer away.
namespace convscope::program {

// What a question is about, or a live value tells of: bits.
using Subjects = std::uint32_t;

// Returns the subject of a value in the text; 0 for the options of a layer, which are no answers.
Subjects subjects_of(const lesson::Reference& reference);
// Returns what the open questions of the present step are about: what they hide, what their answers
// are values of, and what follows from these.
Subjects open_subjects(const Lectern& lectern);
// Returns the cards that show something of these subjects.
CardSet cards_about(Subjects subjects);

}  // namespace convscope::program
