/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_MATRIX_MECHANISM_H
#define KEEPALIVE_MATRIX_MECHANISM_H

#include "detection-recorder.h"
#include "experiment.h"
#include "matrix-cell.h"
#include "scenario-config.h"

#include "ns3/nstime.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief A row of the FailureMatrix: a mechanism at its defaults, at both ends.
 */
class MatrixMechanism
{
  public:
    using Failure = ScenarioConfig::Failure; //!< what fails; NONE stands for congestion

    virtual ~MatrixMechanism() = default;

    /**
     * @brief Whose row it is.
     * @return a short name such as "gre"
     */
    virtual const std::string& GetName() const = 0;

    /**
     * @brief Its timers, as those who configure it say them.
     * @return such as "10 s x 3"
     */
    virtual const std::string& GetTimers() const = 0;

    /**
     * @brief Put it through a kind of failure. One at a time: it runs a whole simulation.
     * @param failure what fails; NONE for an hour of congestion instead
     * @param failures how often, at random instants
     * @return what the ends made of it
     */
    virtual MatrixCell Run(Failure failure, uint32_t failures) const = 0;

    static constexpr double OVERLOAD = 1.5;       //!< load of the congested link
    static constexpr double CONGESTED_FOR = 3600; //!< seconds

  protected:
    /**
     * @brief The number of an end.
     * @param recorder the recorder
     * @param name name of the end
     * @return its number there, none if it is not watched, since it has no opinion
     */
    static std::optional<uint32_t> Find(const DetectionRecorder& recorder, const std::string& name);

    /**
     * @brief What one end made of it.
     * @param recorder the recorder, finished
     * @param number the end's number at the recorder; none for an end without an opinion
     * @param failure what failed
     * @param known what is known of all ends, in the order of their numbers
     * @return the end
     */
    static MatrixCell::End Judge(const DetectionRecorder& recorder,
                                 std::optional<uint32_t> number,
                                 Failure failure,
                                 const std::vector<Experiment::End>& known);

  private:
    /// An end lost its trust.
    struct Suspicion
    {
        double seconds;    //!< behind the failure
        std::string cause; //!< why
    };

    /**
     * @brief What an end made of a failure that lasts.
     * @param row the failure
     * @return the final suspicion, none if it never noticed
     */
    static std::optional<Suspicion> FindDetection(const DetectionRecorder::FailureRow& row);

    /**
     * @brief What an end made of a failure that is over at once, but leaves something behind.
     * @param recorder the recorder, finished
     * @param row the failure
     * @return the first suspicion before the next one, none if there was none
     */
    static std::optional<Suspicion> FindAftermath(const DetectionRecorder& recorder,
                                                  const DetectionRecorder::FailureRow& row);

    /**
     * @brief Count a suspicion.
     * @param suspicion it
     * @param slack how far it may lie from the closed form, seconds
     * @param end counted in here
     */
    static void Count(const Suspicion& suspicion, double slack, MatrixCell::End& end);
};

/**
 * @ingroup keepalive
 * @brief A row that a Scenario makes.
 * @tparam Traits what is known of the mechanism, as for a ScenarioExperiment
 */
template <typename Traits>
class ScenarioMechanism : public MatrixMechanism
{
  public:
    using Config = typename Traits::Config; //!< everything that can be chosen

    /**
     * @brief Describe it.
     * @param name a short name such as "gre"
     * @param timers its timers, as those who configure it say them
     * @param config the configuration, but for what fails, and when
     * @param lasting how long a failure lasts: longer than the mechanism can take to notice
     */
    ScenarioMechanism(std::string name, std::string timers, const Config& config, Time lasting)
        : m_name(std::move(name)),
          m_timers(std::move(timers)),
          m_config(config),
          m_congested(config),
          m_lasting(lasting)
    {
    }

    /**
     * @brief Judge another end besides R1 and R2.
     * @param name its name
     */
    void AddEnd(const std::string& name)
    {
        m_ends.push_back(name);
    }

    /**
     * @brief Congest another network than the one in which things fail: a slower one has fewer
     *        packets to simulate.
     * @param config the configuration, but for the load
     */
    void SetCongested(const Config& config)
    {
        m_congested = config;
    }

    /**
     * @brief What it is put through in another network, which has what fails.
     * @param failure what fails
     * @param other the same mechanism there
     */
    void SetElsewhere(Failure failure, std::unique_ptr<MatrixMechanism> other)
    {
        m_elsewhere = failure;
        m_other = std::move(other);
    }

    const std::string& GetName() const override
    {
        return m_name;
    }

    const std::string& GetTimers() const override
    {
        return m_timers;
    }

    MatrixCell Run(Failure failure, uint32_t failures) const override
    {
        if (m_other && failure == m_elsewhere)
        {
            return m_other->Run(failure, failures);
        }
        const bool disturbed = failure == Failure::NONE;
        Config config = disturbed ? m_congested : m_config;
        config.failure = failure;
        config.schedule = FailurePlan::Schedule::RANDOM;
        config.failAt = Seconds(SETTLED);
        config.failFor = m_lasting;
        config.failures = failures;
        config.trafficRate = DataRate(0);
        if (failure == Failure::BINDING_LOSS)
        {
            // The box forgets, and works on; what follows takes as long as with any failure.
            config.schedule = FailurePlan::Schedule::FLAPPING;
            config.failFor = Seconds(FORGOTTEN);
            config.flapUp = m_lasting * APART;
        }
        if (disturbed)
        {
            config.load = OVERLOAD;
            config.stop = Seconds(SETTLED + CONGESTED_FOR);
        }
        MatrixCell cell;
        if (const std::optional<std::string> wrong = Traits::Scenario::Check(config))
        {
            cell.reason = *wrong;
            for (const auto& name : m_ends)
            {
                cell.ends[name] = {};
            }
            return cell;
        }
        const std::vector<Experiment::End> known = Traits::Describe(config);
        typename Traits::Scenario scenario(config);
        scenario.Run();
        for (const auto& name : m_ends)
        {
            const std::optional<uint32_t> end = Find(scenario.GetRecorder(), name);
            MatrixCell::End& judged = cell.ends[name];
            judged = Judge(scenario.GetRecorder(), end, failure, known);
            // Who is dead, or hangs, judges nothing.
            const bool gone = failure == Failure::CRASH || failure == Failure::STALL;
            if (gone && name == "R2" && judged.verdict == MatrixCell::Verdict::NEVER)
            {
                judged.verdict = MatrixCell::Verdict::ITSELF;
            }
        }
        return cell;
    }

  private:
    static constexpr double FORGOTTEN = 1e-3; //!< seconds that a loss of bindings lasts
    static constexpr double APART = 1.0618;   //!< so that they come at different phases
    static constexpr double SETTLED = 120;    //!< seconds, after which every session is up

    std::string m_name;                          //!< whose row it is
    std::string m_timers;                        //!< its timers
    std::vector<std::string> m_ends{"R1", "R2"}; //!< who is judged
    Config m_config;                             //!< what does not depend on the failure
    Config m_congested;                          //!< the same, for congestion
    Time m_lasting;                              //!< how long a failure lasts
    Failure m_elsewhere{Failure::NONE};          //!< what it is put through elsewhere
    std::unique_ptr<MatrixMechanism> m_other;    //!< the same mechanism there
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_MATRIX_MECHANISM_H */
