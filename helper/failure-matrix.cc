/* SPDX-License-Identifier: GPL-2.0-only */

#include "failure-matrix.h"

#include "bfd-experiment.h"
#include "bgp-experiment.h"
#include "dpd-experiment.h"
#include "ethernet-experiment.h"
#include "gre-experiment.h"
#include "nat-experiment.h"
#include "serial-experiment.h"
#include "tcp-experiment.h"

namespace ns3
{
namespace keepalive
{

namespace
{

// How long a failure lasts, seconds: longer than the mechanism can take to notice.
constexpr double LASTING_COUNTED = 120; //!< of those that count intervals of 10 s
constexpr double LASTING_TCP = 9000;    //!< 7200 + 9 * 75 s, and more
constexpr double LASTING_BGP = 300;     //!< a hold time of 180 s, and more
constexpr double LASTING_BFD = 10;      //!< 3 * 0.3 s, and more

constexpr double ERR_DISABLED = 300; //!< of a port, after a loop

constexpr const char* CONGESTED_RATE = "1Mb/s"; //!< of a link with one and a half times that

/**
 * @brief A row of a mechanism over routers, whose links are slower where they are congested: that
 *        takes fewer packets.
 * @tparam Traits what is known of the mechanism
 * @param name of the mechanism
 * @param timers how they are told
 * @param config the configuration
 * @param lasting how long a failure lasts, seconds
 * @return the row
 */
template <typename Traits>
std::unique_ptr<ScenarioMechanism<Traits>>
MakeRow(const std::string& name,
        const std::string& timers,
        typename Traits::Config config,
        double lasting)
{
    auto row = std::make_unique<ScenarioMechanism<Traits>>(name, timers, config, Seconds(lasting));
    config.linkRate = DataRate(CONGESTED_RATE);
    row->SetCongested(config);
    return row;
}

/**
 * @brief GRE keepalives, as "keepalive" without arguments sets them.
 * @return the row
 */
std::unique_ptr<MatrixMechanism>
MakeGre()
{
    GreScenarioConfig config;
    config.r1 = config.r2 = {Seconds(10), 3};
    return MakeRow<GreExperiment>("gre", "10 s, 3 retries", config, LASTING_COUNTED);
}

/**
 * @brief The keepalives of a serial line, as IOS sets them.
 * @param name of the mechanism
 * @param encapsulation what the line speaks
 * @param retries unanswered ones that bring it down
 * @return the row
 */
std::unique_ptr<MatrixMechanism>
MakeSerial(const std::string& name,
           SerialScenarioConfig::Encapsulation encapsulation,
           uint32_t retries)
{
    SerialScenarioConfig config;
    config.encapsulation = encapsulation;
    config.r1.retries = config.r2.retries = retries;
    return std::make_unique<ScenarioMechanism<SerialExperiment>>(
        name,
        "10 s, " + std::to_string(retries) + " retries",
        config,
        Seconds(LASTING_COUNTED));
}

/**
 * @brief Ethernet loopback keepalives, as IOS sets them. S1 is the switch between the ends.
 * @return the row
 */
std::unique_ptr<MatrixMechanism>
MakeEthernet()
{
    EthernetScenarioConfig config;
    config.recovery = Seconds(ERR_DISABLED);
    auto row = std::make_unique<ScenarioMechanism<EthernetExperiment>>("ethernet",
                                                                       "10 s, 5 retries",
                                                                       config,
                                                                       Seconds(LASTING_COUNTED));
    row->AddEnd("S1");
    return row;
}

/**
 * @brief A flow through a NAT.
 * @param name of the mechanism
 * @param timers how they are told
 * @param mechanism what the ends have
 * @param profile whose, if they have any
 * @param nat name of a NatProfile
 * @param lasting how long a failure lasts, seconds
 * @return the row
 */
std::unique_ptr<MatrixMechanism>
MakeNat(const std::string& name,
        const std::string& timers,
        NatScenarioConfig::Mechanism mechanism,
        const std::string& profile,
        const std::string& nat,
        double lasting)
{
    NatScenarioConfig config;
    config.nat.profile = nat;
    config.mechanism = mechanism;
    config.profile = profile;
    return MakeRow<NatExperiment>(name, timers, config, lasting);
}

/**
 * @brief TCP keepalives, as Linux sets them if an application asks for them.
 * @return the row
 */
std::unique_ptr<MatrixMechanism>
MakeTcp()
{
    TcpScenarioConfig config;
    for (TcpScenarioConfig::End* end : {&config.r1, &config.r2})
    {
        end->idle = Seconds(0);
        end->interval = Seconds(0);
        end->probes = 0;
    }
    const std::string timers = "7200 s, 75 s, 9 probes";
    auto row = MakeRow<TcpExperiment>("tcp", timers, config, LASTING_TCP);
    row->SetElsewhere(
        MatrixMechanism::Failure::BINDING_LOSS,
        MakeNat("tcp", timers, NatScenarioConfig::Mechanism::TCP, "linux", "rfc", LASTING_TCP));
    return row;
}

/**
 * @brief IKE dead peer detection, as "crypto isakmp keepalive 10 periodic" sets it.
 * @return the row
 */
std::unique_ptr<MatrixMechanism>
MakeDpd()
{
    const std::string timers = "10 s, 2 s, 5 retries";
    auto row = MakeRow<DpdExperiment>("dpd", timers, DpdScenarioConfig(), LASTING_COUNTED);
    row->SetElsewhere(MatrixMechanism::Failure::BINDING_LOSS,
                      MakeNat("dpd",
                              timers,
                              NatScenarioConfig::Mechanism::DPD,
                              "cisco-periodic",
                              "rfc",
                              LASTING_COUNTED));
    return row;
}

} // namespace

FailureMatrix::Rows
FailureMatrix::MakeRows()
{
    Rows rows;
    rows.push_back(MakeGre());
    rows.push_back(MakeSerial("hdlc", SerialScenarioConfig::Encapsulation::HDLC, 3));
    rows.push_back(MakeSerial("ppp", SerialScenarioConfig::Encapsulation::PPP, 5));
    rows.push_back(MakeEthernet());
    rows.push_back(MakeTcp());
    rows.push_back(
        MakeRow<BgpExperiment>("bgp", "60 s, hold 180 s", BgpScenarioConfig(), LASTING_BGP));
    rows.push_back(MakeDpd());
    rows.push_back(MakeNat("nat",
                           "20 s, binding 30 s",
                           NatScenarioConfig::Mechanism::NONE,
                           "cisco-periodic",
                           "home-gateway",
                           LASTING_COUNTED));
    rows.push_back(MakeRow<BfdExperiment>("bfd", "0.3 s x 3", BfdScenarioConfig(), LASTING_BFD));
    return rows;
}

const std::vector<FailureMatrix::Column>&
FailureMatrix::GetColumns()
{
    using Failure = MatrixMechanism::Failure;
    static const std::vector<Column> columns{{"silent", Failure::SILENT},
                                             {"one-way-to-r1", Failure::ONE_WAY_TO_R1},
                                             {"one-way-to-r2", Failure::ONE_WAY_TO_R2},
                                             {"carrier", Failure::CARRIER},
                                             {"shutdown", Failure::SHUTDOWN},
                                             {"crash", Failure::CRASH},
                                             {"stall", Failure::STALL},
                                             {"loopback", Failure::LOOPBACK},
                                             {"binding-loss", Failure::BINDING_LOSS},
                                             {"congestion", Failure::NONE}};
    return columns;
}

} // namespace keepalive
} // namespace ns3
