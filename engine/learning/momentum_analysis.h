#pragma once

#include <array>
#include <optional>

#include "engine/learning/optimizer.h"

namespace convscope::engine {

// Gradient descent with momentum on a quadratic loss, in exact arithmetic, along one eigenvector of
// H. With the eigenvalue λ, the error e along it, the rate η and p = η·m, a step of torch.optim.SGD
// is linear in (e, p) and depends on nothing but β and the reach x = η·λ:
//
//   momentum   p = β p + x e;  e -= p            M = [ 1 − x        −β  ]
//                                                    [ x             β  ]
//   Nesterov   p = β p + x e;  e -= x e + β p    M = [ 1 − (1+β)x   −β² ]
//                                                    [ x             β  ]
//
// from (e, 0). The roots of M's characteristic polynomial, z² − (1 + β − x) z + β for momentum and
// z² − (1 + β)(1 − x) z + β (1 − x) for Nesterov, say what it does: their larger modulus, the
// spectral radius of M, is what is left of the error after a step; a pair of complex roots rings.
//
// For both rules the modulus falls and then rises over x (it is V-shaped about x = 1 + β, with a
// flat bottom of √β, or about x = 1), so that of all eigenvalues only λmax and λmin decide.
//
// Sources: Polyak: Some methods of speeding up the convergence of iteration methods, 1964; Lessard,
// Recht, Packard: Analysis and design of optimization algorithms via integral quadratic
// constraints, 2016; Goh: Why momentum really works, Distill 2017.
struct Momentum {
  double beta = 0.0;  // 0 <= beta < 1; 0 is plain gradient descent
  bool nesterov = false;
  friend bool operator==(const Momentum&, const Momentum&) = default;
};

// Returns the momentum of a rule; nullopt for Adam, whose steps depend on the gradients' sizes so
// that its error along an eigenvector is no linear recursion.
std::optional<Momentum> momentum_of(const OptimizerOptions& options);

// Returns M as rows: (e from e, e from p, p from e, p from p).
std::array<double, 4> step_matrix(const Momentum& momentum, double reach);

// The root with the larger modulus, and the other one of a pair is its mirror image.
struct Root {
  double modulus = 0.0;
  double angle = 0.0;  // in radians, from 0 (a positive number) to π (a negative one)
  bool pair = false;   // whether it is one of two complex roots
};
Root largest_root(const Momentum& momentum, double reach);

// Returns −ln of the larger modulus: the error shrinks as exp(−decay · steps). Positive where it
// converges, infinite where one step brings it to 0. Exact for reaches down to 1e-300.
double decay(const Momentum& momentum, double reach);
// Returns the decay of the slowest direction, for eigenvalues from `smallest` to `largest`.
double slowest_decay(const Momentum& momentum, double rate, double largest, double smallest);
// Returns after how many steps the loss is a tenth; infinite where it does not fall.
double steps_for_digit(double decay);

// Returns the reach from which on it diverges: 2(1 + β) for momentum, 2(1 + β)/(1 + 2β) for
// Nesterov.
double cliff_reach(const Momentum& momentum);
// Returns the reach up to which both roots are positive, so that nothing swings or rings:
// (1 − √β)² for momentum, ((1 − β)/(1 + β))² for Nesterov.
double calm_reach(const Momentum& momentum);

// The rates that divide what happens at a given momentum.
struct MomentumRates {
  double calm = 0.0;    // up to here every direction shrinks without changing sign
  double best = 0.0;    // here the slowest direction is fastest
  double stable = 0.0;  // from here on it diverges; infinite where the loss depends on nothing
};
// `largest` >= `smallest` > 0 are H's eigenvalues, or both 0.
MomentumRates momentum_rates(const Momentum& momentum, double largest, double smallest);

// The rate and momentum with which the slowest direction is fastest of all.
struct BestMomentum {
  double rate = 0.0;
  double beta = 0.0;
  double decay = 0.0;
};
// Polyak's for momentum: β = ((√κ − 1)/(√κ + 1))², η = (2/(√λmax + √λmin))²; Lessard's, Recht's and
// Packard's for Nesterov: β = (√(3κ + 1) − 2)/(√(3κ + 1) + 2), η = 4/(3 λmax + λmin). Both
// eigenvalues must be above 0.
BestMomentum best_momentum(bool nesterov, double largest, double smallest);

// Returns the error after a whole number of steps, as a share of that of the start; infinite where
// it overflows. Takes time in the logarithm of `steps`.
double error_after(const Momentum& momentum, double reach, double steps);
// Returns what the share never exceeds after so many whole steps, without its ringing.
double envelope_after(const Momentum& momentum, double reach, double steps);

}  // namespace convscope::engine
