/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_SWEEP_PROMISE_H
#define KEEPALIVE_SWEEP_PROMISE_H

#include "program-options.h"
#include "sweep-statistics.h"

#include <optional>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief What is promised of a line, and whether certain timers keep it.
 *
 * Every end has to keep it: what counts is the worst end. What the closed form says is believed
 * unless the simulation left it; where there is none, the simulation has to show it.
 */
class SweepPromise
{
  public:
    /// Whether a promise is kept.
    enum class Verdict
    {
        NOT_ASKED, //!< nothing was promised
        YES,       //!< kept
        NO,        //!< broken
        UNKNOWN    //!< neither is shown
    };

    /// What is known of one end at one point.
    struct End
    {
        bool fails{false};                  //!< whether there was a failure to notice
        std::optional<double> worst;        //!< upper bound of T_D by the closed form, seconds
        std::optional<double> percentile;   //!< 99th percentile of T_D, seconds; none: beyond reach
        std::optional<double> mistakes;     //!< closed form of the mistakes, per second
        ConfidenceInterval mistakesBetween; //!< mistakes found, limits of their rate per second
        double overhead{0};                 //!< keepalives sent and heard, bit/s
    };

    /// What is known of a point: the worst of its ends.
    struct Answer
    {
        std::optional<double> worst;           //!< worst upper bound of T_D, seconds
        std::optional<double> percentile;      //!< largest 99th percentile, seconds
        std::optional<double> mistakesPerYear; //!< most mistakes by the closed form
        double mistakesPerYearHigh{0};         //!< largest upper limit of the mistakes found
        double overhead{0};                    //!< largest overhead, bit/s
        Verdict detects{Verdict::NOT_ASKED};   //!< whether failures are detected in time
        Verdict accurate{Verdict::NOT_ASKED};  //!< whether mistakes are few enough
        Verdict cheap{Verdict::NOT_ASKED};     //!< whether the overhead is small enough
        Verdict kept{Verdict::NOT_ASKED};      //!< whether all of that is so
    };

    /**
     * @brief Add --promise-detect, --promise-mistakes and --promise-overhead to a program.
     * @param options the program's options
     */
    static void AddOptions(ProgramOptions& options);

    /**
     * @brief Read them.
     * @param options the program's options, parsed
     * @return what is promised
     * @throw UsageError if one is out of range
     */
    static SweepPromise Read(const ProgramOptions& options);

    /**
     * @brief Read them from a configuration, such as that of a sweep that is done.
     * @param ini the text of an INI file; what else it says is passed over
     * @return what is promised
     * @throw std::runtime_error if it is no such text
     */
    static SweepPromise FromConfiguration(const std::string& ini);

    /**
     * @brief Whether anything is promised.
     * @return true if so
     */
    [[nodiscard]] bool IsAsked() const;

    /**
     * @brief Hold a point against it.
     * @param ends its ends, at least one
     * @return the answer
     */
    [[nodiscard]] Answer Judge(const std::vector<End>& ends) const;

    std::optional<double> detect;   //!< T_D at most, seconds
    std::optional<double> mistakes; //!< mistakes of an end fewer than, per year of 365.25 days
    std::optional<double> overhead; //!< keepalives at most, bit/s

  private:
    /**
     * @brief Whether failures are detected in time.
     * @param ends the ends
     * @return the verdict
     */
    [[nodiscard]] Verdict JudgeDetection(const std::vector<End>& ends) const;
    /**
     * @brief Whether mistakes are few enough.
     * @param ends the ends
     * @return the verdict
     */
    [[nodiscard]] Verdict JudgeMistakes(const std::vector<End>& ends) const;
};

/**
 * @brief Name of a verdict in tables.
 * @param verdict the verdict
 * @return yes or no; nothing if nothing was asked, or neither is shown
 */
const char* ToString(SweepPromise::Verdict verdict);

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_SWEEP_PROMISE_H */
