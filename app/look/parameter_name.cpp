#include "app/look/parameter_name.h"

#include "app/look/weight_name.h"

namespace convscope::look {

std::string parameter_name(const QuadraticLoss& loss, Index flat) {
  const std::optional<WeightPlace> place = loss.place_of(flat);
  if (place) return weight_name(loss.weight_shape(), *place, kLearnedSymbol);
  return loss.rows() == 1 ? "bias" : "b[" + std::to_string(loss.row_of(flat)) + "]";
}

}  // namespace convscope::look
