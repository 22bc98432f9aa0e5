/* SPDX-License-Identifier: GPL-2.0-only */

#ifndef KEEPALIVE_DETECTION_RECORDER_H
#define KEEPALIVE_DETECTION_RECORDER_H

#include "ns3/detection-event.h"
#include "ns3/failure-injector.h"
#include "ns3/keepalive-net-device.h"
#include "ns3/nstime.h"
#include "ns3/object.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ns3
{
namespace keepalive
{

/**
 * @ingroup keepalive
 * @brief Joins "failed at" with "declared down at": the only class that sees both.
 *
 * The terms are those of Chen, Toueg and Aguilera (IEEE Trans. Computers 51(5), 2002). For every
 * outage and every end that is watched there is one FailureRow with its detection time T_D: the
 * time from the failure to the final suspicion, 0 if the end suspected its peer already, none if
 * it never noticed (a censored observation, never dropped). A suspicion while nothing has failed
 * is a mistake, with its duration T_M.
 *
 * Mistakes are counted over the time in which a mistake is possible: no outage, and the line back
 * up after the last one. An end that must first agree with its peer, such as a BGP session, makes
 * none before it has trusted its peer for the first time, and has nothing to notice till then.
 */
class DetectionRecorder
{
  public:
    /// What one end made of one failure.
    struct FailureRow
    {
        uint32_t number{0};        //!< which failure, from 0
        std::string kind;          //!< kind of failure
        std::string target;        //!< what failed
        bool outage{true};         //!< whether the end ought to notice
        uint32_t end{0};           //!< which end, as returned by AddEnd
        bool own{false};           //!< it is this end that failed: it knows, and observes nothing
        Time began;                //!< when it failed
        std::optional<Time> ended; //!< when it was repaired
        std::optional<Time> detected;  //!< when this end finally suspected its peer
        std::string cause;             //!< why it did
        std::optional<Time> recovered; //!< when it trusted its peer again after the repair

        /**
         * @brief Detection time T_D.
         * @return from failure to final suspicion; none if it never noticed
         */
        std::optional<Time> GetDetectionTime() const;

        /**
         * @brief Time from repair to renewed trust.
         * @return the time; none if not detected, not repaired or not recovered
         */
        std::optional<Time> GetRecoveryTime() const;
    };

    /// One false suspicion.
    struct MistakeRow
    {
        uint32_t end{0}; //!< which end
        Time suspected;  //!< the S-transition
        std::optional<Time>
            trusted; //!< the T-transition; none if cut short by an outage or the end
        std::optional<Time> sincePrevious; //!< T_MR: since the mistake before, if no outage between
        std::string cause;                 //!< why
    };

    /// Mean, spread and extremes of a sample.
    struct Statistics
    {
        uint64_t count{0};           //!< sample size
        double mean{0};              //!< seconds
        double standardDeviation{0}; //!< seconds
        double minimum{0};           //!< seconds
        double maximum{0};           //!< seconds

        /**
         * @brief Half width of the 95 % confidence interval of the mean.
         * @return seconds; none for fewer than 30 observations, where the normal law does not hold
         */
        std::optional<double> GetConfidence95() const;
    };

    /// One end over the whole run.
    struct EndSummary
    {
        std::string name;             //!< name of the end
        Time observed;                //!< time in which a mistake was possible
        Time mistaken;                //!< of that, time in which there was one
        uint64_t outages{0};          //!< failures that it ought to notice
        uint64_t censored{0};         //!< of these, never noticed
        std::set<std::string> causes; //!< why the line went down, each once
        Statistics detectionTime;     //!< T_D
        uint64_t mistakes{0};         //!< false suspicions
        Statistics mistakeRecurrence; //!< T_MR
        Statistics mistakeDuration;   //!< T_M
        double mistakeRate{0};        //!< lambda_M, per second
        double queryAccuracy{1};      //!< P_A
    };

    DetectionRecorder() = default;

    DetectionRecorder(const DetectionRecorder&) = delete;
    DetectionRecorder& operator=(const DetectionRecorder&) = delete;

    /**
     * @brief Add an end that is heard by Hear.
     * @param name its name in tables, such as "R1"
     * @param trusting whether it trusts its peer from the start; if not, nothing is observed of it
     *        until it does
     * @return its number, counting from 0
     */
    uint32_t AddEnd(const std::string& name, bool trusting);

    /**
     * @brief An end changed its verdict. Call it when that happens.
     * @param end its number; aborts on one that AddEnd did not return
     * @param event the change; the verdict that it has already changes nothing
     */
    void Hear(uint32_t end, const DetectionEvent& event);

    /**
     * @brief Watch one end, whatever it is. The recorder must outlive the simulation.
     * @param source the end
     * @param traceSource name of its trace source of DetectionEvent::TracedCallback; aborts if it
     *        has none of this name
     * @param trusting as for AddEnd
     * @param name its name in tables, such as "R1"
     * @return its number, counting from 0
     */
    uint32_t Watch(Ptr<Object> source,
                   const std::string& traceSource,
                   bool trusting,
                   const std::string& name);

    /**
     * @brief Watch one end of a line, which is observed from the start: it ought to be up. The
     *        recorder must outlive the simulation.
     * @param device the end
     * @param name its name in tables, such as "R1"
     * @return its number, counting from 0
     */
    uint32_t Watch(Ptr<KeepaliveNetDevice> device, const std::string& name);

    /**
     * @brief Learn the ground truth from an injector.
     * @param injector the injector; aborts on a second one, whose numbers would collide
     */
    void Watch(Ptr<FailureInjector> injector);

    /// The simulation has ended: close what is open. Call once, before the results are read.
    void Finish();

    /**
     * @brief Failures by ends.
     * @return the rows, in order of occurrence
     */
    const std::vector<FailureRow>& GetFailureRows() const;

    /**
     * @brief Mistakes.
     * @return the rows, in order of occurrence
     */
    const std::vector<MistakeRow>& GetMistakeRows() const;

    /**
     * @brief The name of an end.
     * @param end its number
     * @return its name
     */
    const std::string& GetName(uint32_t end) const;

    /**
     * @brief How many ends are watched.
     * @return the number
     */
    uint32_t GetNEnds() const;

    /**
     * @brief One end over the whole run.
     * @param end its number
     * @return its summary
     */
    EndSummary Summarize(uint32_t end) const;

  private:
    /// What is known of one end.
    struct End
    {
        std::string name;                    //!< its name
        bool up{true};                       //!< its verdict
        bool begun{true};                    //!< it has trusted its peer, or ought to have
        bool recovering{false};              //!< down, and observed again when it comes up
        std::optional<std::size_t> mistake;  //!< row of the open mistake
        Time mistakenSince;                  //!< when it began
        std::optional<Time> previousMistake; //!< last S-transition since the last outage
        Time observed;                       //!< time in which a mistake was possible, so far
        Time mistaken;                       //!< of that, time in which there was one
        std::optional<Time> observedSince;   //!< running since then
    };

    /**
     * @brief Trace sink: a line protocol changed.
     * @param recorder the recorder
     * @param end which end
     * @param event the change
     */
    static void LineSink(DetectionRecorder* recorder, uint32_t end, const DetectionEvent& event);
    /**
     * @brief An end suspects its peer.
     * @param end which
     * @param event the change
     */
    void HandleDown(uint32_t end, const DetectionEvent& event);
    /**
     * @brief An end trusts its peer again.
     * @param end which
     * @param event the change
     */
    void HandleUp(uint32_t end, const DetectionEvent& event);
    /**
     * @brief Trace sink: a failure or a repair.
     * @param event which
     */
    void HandleFailure(const FailureEvent& event);
    /**
     * @brief A failure began: open its rows.
     * @param event the failure
     */
    void BeginFailure(const FailureEvent& event);
    /**
     * @brief A failure was repaired: close its rows.
     * @param event the repair
     */
    void EndFailure(const FailureEvent& event);
    /**
     * @brief From now on a mistake at this end is possible.
     * @param end the end
     */
    static void StartObserving(End& end);
    /**
     * @brief From now on it is not; an open mistake is cut short.
     * @param end the end
     */
    static void StopObserving(End& end);
    /**
     * @brief If a mistake is open, it ends here.
     * @param end the end
     */
    static void CloseMistake(End& end);

    std::vector<End> m_ends;            //!< by number
    std::vector<FailureRow> m_failures; //!< all rows
    std::vector<std::size_t> m_active;  //!< rows of failures that last
    uint32_t m_outages{0};              //!< outages that last
    bool m_watchesInjector{false};      //!< it has its injector
    std::vector<MistakeRow> m_mistakes; //!< all rows
};

} // namespace keepalive
} // namespace ns3

#endif /* KEEPALIVE_DETECTION_RECORDER_H */
