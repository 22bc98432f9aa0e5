/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_SUMMARY_H
#define KEEPALIVE_SWEEP_SUMMARY_H

#include "sweep-promise.h"
#include "sweep-statistics.h"
#include "sweep-survival.h"

#include "ns3/experiment.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What the runs of a point say of one end: a row of points.csv. It holds no runs.
 */
struct SweepSummary
{
    Experiment::End end; //!< what was known before

    uint64_t runs{0};                 //!< how many runs
    uint64_t failures{0};             //!< failures that the end ought to notice
    uint64_t detected{0};             //!< of these, noticed
    uint64_t outside{0};              //!< of these, outside the bounds of the law
    Sample detection;                 //!< T_D; nothing if one was never noticed: the mean of those
                                      //!< that were says nothing of a mean
    std::optional<double> least;      //!< the shortest T_D
    std::optional<double> median;     //!< half are noticed by then, by Kaplan and Meier
    std::optional<double> p90;        //!< 90 % are
    std::optional<double> p95;        //!< 95 % are
    std::optional<double> p99;        //!< 99 % are
    std::optional<double> most;       //!< all are
    std::optional<double> detectionP; //!< test of the mean T_D

    double observed{0};              //!< time in which a mistake was possible, seconds
    double mistaken{0};              //!< of that, time in which there was one
    double settled{0};               //!< of that, time in which lines that came up stay up
    double start{0};                 //!< of that, time in which a law does not hold yet
    uint64_t mistakes{0};            //!< false suspicions
    uint64_t settledMistakes{0};     //!< of these, in settled time
    Sample recurrence;               //!< T_MR
    Sample duration;                 //!< T_M of those not cut short
    std::optional<double> mistakesP; //!< test of their number

    double simulated{0};      //!< time simulated, seconds
    double keepalives{0};     //!< keepalives sent and heard
    double keepaliveBytes{0}; //!< bytes of these

    bool detectionRejected{false}; //!< what the test of the mean T_D says, after correction
    bool mistakesRejected{false};  //!< what the test of the number of mistakes says

    /**
     * @brief What tables say of T_D and its law.
     * @return ok or outside; nothing without a law, or without failures
     */
    [[nodiscard]] const char* GetDetectionFlag() const;

    /**
     * @brief What tables say of the number of mistakes and its law.
     * @return ok or outside; nothing without a law, or if nothing was observed
     */
    [[nodiscard]] const char* GetMistakesFlag() const;

    /**
     * @brief The rate of mistakes found.
     * @param mistakes how many: those found, or a limit
     * @return per second, infinite if nothing was observed
     */
    [[nodiscard]] double GetRate(double mistakes) const;

    /**
     * @brief What a promise is held against.
     * @return the end
     */
    [[nodiscard]] SweepPromise::End GetForPromise() const;
};

/**
 * @ingroup keepalive
 * @brief Collects what the runs of a point say of one end.
 */
class SweepCollector
{
  public:
    /**
     * @brief Begin with no run.
     * @param end what is known of the end
     * @param number which end it is
     */
    SweepCollector(const Experiment::End& end, uint32_t number);

    /**
     * @brief One more run.
     * @param result what it yielded
     */
    void Add(const ExperimentResult& result);

    /// That was all: estimate and test.
    void Finish();

    /**
     * @brief What the runs say, after Finish.
     * @return the summary
     */
    [[nodiscard]] const SweepSummary& GetSummary() const;

    /**
     * @brief How long failures went unnoticed, after Finish.
     * @return the curve
     */
    [[nodiscard]] const SurvivalCurve& GetDetection() const;

    /**
     * @brief How long it took to the first mistake of a run, after Finish.
     * @return the curve
     */
    [[nodiscard]] const SurvivalCurve& GetFirstMistake() const;

  private:
    /**
     * @brief What became of the failures of a run.
     * @param result the run
     */
    void AddDetections(const ExperimentResult& result);
    /**
     * @brief What mistakes there were in a run.
     * @param result the run
     */
    void AddMistakes(const ExperimentResult& result);

    const uint32_t m_number;                              //!< which end
    SweepSummary m_summary;                               //!< what the runs say
    Sample m_times;                                       //!< T_D of what was noticed
    std::vector<SurvivalCurve::Observation> m_detections; //!< T_D of all
    std::vector<SurvivalCurve::Observation> m_firsts;     //!< first mistakes
    SurvivalCurve m_detection{{}};                        //!< from m_detections
    SurvivalCurve m_firstMistake{{}};                     //!< from m_firsts
};

/**
 * @brief T_D, or for how long a failure was watched that was not noticed.
 * @param detection what an end made of a failure
 * @param duration of the run
 * @return nanoseconds
 */
int64_t GetWatched(const ExperimentResult::Detection& detection, int64_t duration);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_SUMMARY_H */
