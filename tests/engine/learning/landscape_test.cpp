#include "engine/learning/landscape.h"

#include "tests/engine/learning/problems.h"
#include "tests/engine/testing.h"

namespace convscope::engine {
namespace {

QuadraticLoss edge_loss() {
  return QuadraticLoss::build(edge_problem(Reduction::kSum), {1, 1, 1, 2}, false).value();
}

TEST(Landscape, OfTheNotebooksTwoWeights) {
  const QuadraticLoss loss = edge_loss();
  const std::vector<double> centre{0.3, 0.5};
  const PlaneQuadratic q = restricted(loss, weight_plane(centre, 0, 1));
  // L = 18 a² + 18 b² + 24 ab - 12 a + 12 b + 12
  EXPECT_DOUBLE_EQ(q.c, 12.0);
  EXPECT_DOUBLE_EQ(q.gx, -12.0);
  EXPECT_DOUBLE_EQ(q.gy, 12.0);
  EXPECT_DOUBLE_EQ(q.hxx, 36.0);
  EXPECT_DOUBLE_EQ(q.hxy, 24.0);
  EXPECT_DOUBLE_EQ(q.hyy, 36.0);
  EXPECT_NEAR(q.at({0.3, 0.5}), 24.12, 1e-12);
  EXPECT_NEAR(q.minimum().x, 1.0, 1e-12);
  EXPECT_NEAR(q.minimum().y, -1.0, 1e-12);
}

TEST(Landscape, GridHasTheLossAtItsCells) {
  const PlaneQuadratic q = restricted(edge_loss(), weight_plane(std::vector{0.0, 0.0}, 0, 1));
  const Tensor grid = landscape(q, {{-1.0, 3.0}, {-2.0, 0.0}}, {2, 4});
  EXPECT_EQ(grid.shape(), (Shape{1, 1, 2, 4}));
  // Columns at -0.5, 0.5, 1.5, 2.5; rows at -0.5 and, below it, -1.5.
  EXPECT_FLOAT_EQ(grid.at(0, 0), static_cast<float>(q.at({-0.5, -0.5})));
  EXPECT_FLOAT_EQ(grid.at(0, 3), static_cast<float>(q.at({2.5, -0.5})));
  EXPECT_FLOAT_EQ(grid.at(1, 1), static_cast<float>(q.at({0.5, -1.5})));
}

TEST(Landscape, GridHoldsFiniteValuesFromZeroOnly) {
  PlaneQuadratic q;
  q.c = -1e-12;  // what rounding may leave
  EXPECT_EQ(landscape(q, {{-1, 1}, {-1, 1}}, {1, 1}).at(0, 0), 0.0f);
  q.hxx = 1e300;
  EXPECT_TRUE(std::isfinite(landscape(q, {{1, 2}, {-1, 1}}, {1, 1}).at(0, 0)));
}

// A problem of many parameters, and a plane through it.
class OfManyWeights : public testing::Test {
 protected:
  const QuadraticLoss loss_ =
      QuadraticLoss::build(random_problem({1, 2, 9, 9}, {2, 2, 3, 3}, 6), {2, 2, 3, 3}, true)
          .value();
  const QuadraticAnalysis analysis_ = analyse(loss_);
  const std::vector<double> start_ =
      loss_.flattened({random_tensor({2, 2, 3, 3}, 1), {0.1f, 0.2f}});

  double loss_at(const LandscapePlane& plane, PlanePoint p) const {
    return loss_.loss(plane.moved(plane.origin, p));
  }
};

TEST_F(OfManyWeights, ThePlaneIsTheLossItself) {
  for (const LandscapePlane& plane : {weight_plane(start_, 3, 25), weight_plane(start_, 3, 7),
                                      principal_plane(loss_, analysis_, start_),
                                      principal_plane(loss_, analysis_, start_, 1, 37)}) {
    const PlaneQuadratic q = restricted(loss_, plane);
    for (const PlanePoint p : {PlanePoint{0, 0}, {1, 0}, {0, 1}, {-2, 1.5}})
      EXPECT_NEAR(q.at(p), loss_at(plane, p), 1e-11 * loss_at(plane, p));
    const PlanePoint minimum = q.minimum();
    for (const PlanePoint d : {PlanePoint{0.1, 0}, {0, 0.1}, {-0.1, 0}, {0, -0.1}})
      EXPECT_GT(q.at({minimum.x + d.x, minimum.y + d.y}), q.at(minimum));
  }
}

TEST_F(OfManyWeights, PrincipalDirectionsAreEigenvectors) {
  const std::vector<double> eigenvalues = analysis_.eigenvalues();
  const PlaneQuadratic q =
      restricted(loss_, principal_plane(loss_, analysis_, analysis_.optimum, 0, 37));
  EXPECT_NEAR(q.hxx, eigenvalues.front(), 1e-10);
  EXPECT_NEAR(q.hyy, eigenvalues.back(), 1e-10);
  EXPECT_NEAR(q.hxy, 0.0, 1e-10);
  EXPECT_NEAR(q.gx, 0.0, 1e-10);
  EXPECT_NEAR(q.c, analysis_.least_loss, 1e-10);
}

TEST_F(OfManyWeights, MovingChangesOnlyWhatIsShown) {
  const LandscapePlane plane = weight_plane(analysis_.optimum, 3, 25);
  std::vector<double> expected = start_;
  expected[3] = 0.75;
  expected[25] = -2.0;
  EXPECT_THAT(plane.moved(start_, {0.75, -2.0}),
              testing::Pointwise(testing::DoubleNear(1e-14), expected));
  EXPECT_NEAR(plane.project(expected).x, 0.75, 1e-14);
  EXPECT_NEAR(plane.project(expected).y, -2.0, 1e-14);
}

TEST(Landscape, AlongAFlatDirectionTheLossStays) {
  const LearningProblem problem{
      Tensor(Shape{1, 1, 6, 8}, 1.0f), Tensor(Shape{1, 1, 6, 7}, 2.0f), {}, Reduction::kSum};
  const QuadraticLoss loss = QuadraticLoss::build(problem, {1, 1, 1, 2}, false).value();
  const PlaneQuadratic q = restricted(loss, weight_plane(std::vector{0.0, 0.0}, 0, 1));
  EXPECT_NEAR(q.at({2, 0}), 0.0, 1e-12);
  EXPECT_NEAR(q.at({-5, 7}), 0.0, 1e-12);
  // Of the valley the point nearest to the origin.
  EXPECT_NEAR(q.minimum().x, 1.0, 1e-12);
  EXPECT_NEAR(q.minimum().y, 1.0, 1e-12);
  ASSERT_TRUE(q.flat_direction().has_value());
  EXPECT_NEAR(q.flat_direction()->x + q.flat_direction()->y, 0.0, 1e-12);
  EXPECT_NEAR(std::hypot(q.flat_direction()->x, q.flat_direction()->y), 1.0, 1e-12);
}

TEST(Landscape, WithoutAFlatDirectionThereIsNone) {
  EXPECT_FALSE((PlaneQuadratic{0, 0, 0, 36, 24, 36}).flat_direction().has_value());
  EXPECT_FALSE(PlaneQuadratic{}.flat_direction().has_value()) << "flat everywhere";
  const auto along_x = PlaneQuadratic{1, 0, 0, 0, 0, 3}.flat_direction();
  ASSERT_TRUE(along_x.has_value());
  EXPECT_NEAR(std::abs(along_x->x), 1.0, 1e-12);
}

bool holds(const PlaneRanges& r, PlanePoint p) {
  return p.x > r.x.lo && p.x < r.x.hi && p.y > r.y.lo && p.y < r.y.hi;
}

TEST(FitRanges, HoldStartOptimumAndTrajectory) {
  const std::vector<PlanePoint> path{{0.3, 0.5}, {2.5, 0.25}, {1, -1.5}};
  const PlaneRanges r = fit_ranges({0.3, 0.5}, {1, -1}, path);
  for (const PlanePoint p : path)
    EXPECT_TRUE(holds(r, p));
  EXPECT_TRUE(holds(r, {1, -1}));
  EXPECT_NEAR(r.x.length(), r.y.length(), 1e-12);
  EXPECT_LT(r.x.length(), 3.0);
}

TEST(FitRanges, AreCutWhereTheRunDiverges) {
  const std::vector<PlanePoint> path{{0.3, 0.5}, {1e30, -1e30}, {INFINITY, NAN}};
  const PlaneRanges r = fit_ranges({0.3, 0.5}, {1, -1}, path);
  EXPECT_TRUE(holds(r, {0.3, 0.5}));
  EXPECT_TRUE(holds(r, {1, -1}));
  EXPECT_LT(r.x.length(), 20.0);
}

TEST(FitRanges, HaveASizeWhereTheStartIsTheOptimum) {
  const PlaneRanges r = fit_ranges({1, -1}, {1, -1}, {}, 2.0);
  EXPECT_TRUE(holds(r, {1, -1}));
  EXPECT_GE(r.y.length(), 1.0);
  EXPECT_NEAR(r.x.length(), 2.0 * r.y.length(), 1e-12);
}

TEST(ContourBands, AreThirdsOfADecadeBelowTheLoss) {
  const PlaneQuadratic q = restricted(edge_loss(), weight_plane(std::vector{0.0, 0.0}, 0, 1));
  const PlaneRanges ranges{{-1.0, 3.2}, {-2.0, 0.0}};  // with no cell at the minimum
  const Tensor loss = landscape(q, ranges, {5, 7});
  const Tensor bands = contour_bands(q, ranges, {5, 7});
  for (std::size_t i = 0; i < loss.values().size(); ++i) {
    const float steps = bands.values()[i] * kBandsPerDecade;
    EXPECT_NEAR(steps, std::round(steps), 1e-4f);
    const float below = std::log10(loss.values()[i]) - bands.values()[i];
    EXPECT_GE(below, -1e-6f);
    EXPECT_LT(below, 1.0f / kBandsPerDecade + 1e-6f);
  }
}

TEST(ParameterOrder, BeginsWithTheShownPlaneAndItsBias) {
  const LearningProblem problem = edge_problem(Reduction::kSum);
  const QuadraticLoss loss = QuadraticLoss::build(problem, {1, 1, 1, 2}, true).value();
  EXPECT_EQ(parameter_order(loss, {0, 0, 0, 0}, 0), (std::vector<Index>{0, 1, 2}));
  EXPECT_EQ(parameter_order(loss, {1, 0, 0, 0}, 0), (std::vector<Index>{2, 0, 1}))
      << "of another plane the bias of the row alone comes first";
}

TEST(DifferentPlaces, AreTheWantedOnesWhereTheyCanBe) {
  EXPECT_EQ(different_places({0, 1}, 2), (Yx{0, 1}));
  EXPECT_EQ(different_places({7, 7}, 3), (Yx{2, 1}));
  EXPECT_EQ(different_places({1, 1}, 3), (Yx{1, 2}));
}

}  // namespace
}  // namespace convscope::engine
