#pragma once

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/core/tensor.h"
#include "tests/test_folder.h"

// Reads the fixtures that fixtures/make_fixtures.py wrote with PyTorch, and those of
// make_onnx_fixtures.py.
namespace convscope::engine {

struct FixtureCase {
  nlohmann::json json;
  std::string name;
  bool refused() const { return json.contains("refused"); }
};

inline std::vector<FixtureCase> load_cases(const std::string& path) {
  std::ifstream stream(path);
  if (!stream) throw std::runtime_error("cannot read " + path);
  const nlohmann::json json = nlohmann::json::parse(stream);
  std::vector<FixtureCase> cases;
  for (const nlohmann::json& c : json.at("cases"))
    cases.push_back({c, c.at("name").get<std::string>()});
  return cases;
}

// Returns the cases of a file in the folder of fixtures beside the test.
inline std::vector<FixtureCase> load_fixture(const std::string& file) {
  return load_cases(test_folder() + "/fixtures/" + file);
}

inline float fixture_value(const nlohmann::json& value) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  if (value.is_number()) return value.get<float>();
  const auto text = value.get<std::string>();
  if (text == "nan") return std::numeric_limits<float>::quiet_NaN();
  return text == "inf" ? kInfinity : -kInfinity;
}

inline Shape fixture_shape(const nlohmann::json& s) {
  return {s.at(0).get<Index>(), s.at(1).get<Index>(), s.at(2).get<Index>(), s.at(3).get<Index>()};
}

inline Tensor fixture_tensor(const nlohmann::json& tensor) {
  std::vector<float> values;
  for (const nlohmann::json& value : tensor.at("values"))
    values.push_back(fixture_value(value));
  return Tensor(fixture_shape(tensor.at("shape")), values);
}

inline Yx fixture_yx(const nlohmann::json& pair) {
  return {pair.at(0).get<Index>(), pair.at(1).get<Index>()};
}

inline void PrintTo(const FixtureCase& c, std::ostream* os) {
  *os << c.name;
}

}  // namespace convscope::engine
