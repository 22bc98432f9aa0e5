/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_JUDGEMENT_H
#define KEEPALIVE_SWEEP_JUDGEMENT_H

#include "sweep-statistics.h"
#include "sweep-survival.h"

#include "ns3/detection-bounds.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Where the simulation leaves the closed forms.
 *
 * All tests of a sweep are one family, corrected as S. Holm does (Scand. J. Statist. 6, 1979): if
 * every closed form is right, the chance of any flag by mistake is that of LEVEL, however many
 * points there are.
 */
class SweepJudgement
{
  public:
    /// The family's level.
    static constexpr double LEVEL = 0.01;

    /// Detection times that the test of a mean needs: of fewer, Student's t errs too often if they
    /// are evenly distributed (at 30 and a level of 5e-5, twice as often as it says).
    static constexpr uint64_t LEAST_DETECTIONS = 30;

    /// Seconds from when an end is first observed until its mistakes are tested. Where packets are
    /// lost while a line is set up, it may go down and up again before it stays up (RFC 1661: a
    /// Configure-Request in Opened), which says nothing of its keepalives.
    static constexpr double SETTLING = 30;

    /**
     * @brief Whether a detection time contradicts the bounds of its law.
     *
     * One that was not noticed does so if it was watched for longer than the worst case.
     *
     * @param observation the detection time
     * @param law the bounds
     * @param slack how far it may lie from them, seconds
     * @return true if it does
     */
    [[nodiscard]] static bool IsOutside(const SurvivalCurve::Observation& observation,
                                        const DetectionBounds& law,
                                        double slack);

    /**
     * @brief Test the mean of detection times, by Student's t.
     * @param times the detection times
     * @param law the law
     * @param slack how far the mean may lie from the law's
     * @return the p value; none of fewer than LEAST_DETECTIONS or an infinite mean
     */
    [[nodiscard]] static std::optional<double> TestMean(const Sample& times,
                                                        const DetectionBounds& law,
                                                        double slack);

    /**
     * @brief Test a number of mistakes, by the exact Poisson test.
     *
     * The closed form is that of a detector that has been at it for ever. Those of a simulation
     * begin with a peer that is fine: to the first mistake it takes longer than from one to the
     * next, by some intervals. So the expectation may be off by what that start can do.
     *
     * @param mistakes how many
     * @param rate closed form, per second
     * @param observed for how long, seconds
     * @param start for how much of that, at most, the start matters, seconds
     * @return the p value; none if nothing was observed
     */
    [[nodiscard]] static std::optional<double> TestMistakes(uint64_t mistakes,
                                                            double rate,
                                                            double observed,
                                                            double start);

    /**
     * @brief Holm's correction.
     * @param p the p values of a family
     * @param level its level
     * @return for each whether it is rejected
     */
    [[nodiscard]] static std::vector<bool> Reject(const std::vector<double>& p,
                                                  double level = LEVEL);
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_JUDGEMENT_H */
